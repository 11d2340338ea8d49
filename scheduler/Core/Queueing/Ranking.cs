using GpuScheduler.Core.Config;
using GpuScheduler.Core.FairShare;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Rounds;

namespace GpuScheduler.Core.Queueing;

/// <summary>
/// The order by the pool's policy. As shipped: effective priority, as Slurm's multifactor plugin has it: a sum of weights × factors. It is
/// as of one moment, renewed once a minute: within it jobs keep their order, so that only who arrives or goes has to find a place. The
/// lines take it over within another minute (<see cref="RankSweep"/>): a rank is two minutes old at most.
/// </summary>
internal sealed class Ranking(OrderConfig config, LineKey key, AccountBook accounts)
{
    /// <summary>The user's priority counts up to here, and down to as far below zero.</summary>
    public const int MostPriority = 100;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private readonly Dictionary<Account, List<AccountLine>> _byAccount = [];

    public OrderConfig Config { get; } = config;

    /// <summary>The moment for which factors hold.</summary>
    public DateTimeOffset AsOf { get; private set; }

    /// <summary>Grows with every renewal.</summary>
    public int Version { get; private set; }

    /// <summary>The lines that are ranked by it.</summary>
    public RankSweep Lines { get; } = new();

    /// <summary>An account's lines in all lanes, and those that will be added.</summary>
    public List<AccountLine> LinesOf(Account account)
    {
        if (!_byAccount.TryGetValue(account, out var lines)) _byAccount[account] = lines = [];
        return lines;
    }

    /// <summary>Somebody stands in a lane for the first time.</summary>
    public void Add(AccountLine line)
    {
        Lines.Add(line);
        LinesOf(line.Account).Add(line);
    }

    /// <summary>
    /// Renews factors that are older than a minute, or were worked out without somebody who has come since; and ranks by them.
    /// </summary>
    public void Refresh(DateTimeOffset now)
    {
        if (Version == 0 || now - AsOf >= Period || now < AsOf || accounts.IsStale)
        {
            accounts.Refresh(now);
            (AsOf, Version) = (now, Version + 1);
        }

        Lines.Advance(Version, now, Period);
    }

    public Rank Of(Job job, Account account)
    {
        var since = AgeSince(job);
        var overdue = Config.MaxWait > TimeSpan.Zero && AsOf - since >= Config.MaxWait;
        return new Rank(overdue ? since.UtcTicks : long.MaxValue, RoundPlaceOf(job), FactorsOf(job, account, AsOf).Total - Gained, job.Id);
    }

    /// <summary>What waiting has brought everybody who waits, counted from a fixed moment: left out of ranks, so that those of different
    /// moments compare.</summary>
    private double Gained => key == LineKey.Factors ? Config.Weights.Age * (Seconds(AsOf) / Config.MaxAge.TotalSeconds) : 0;

    public Factors FactorsOf(Job job, Account account, DateTimeOffset now) =>
        key != LineKey.Factors ? Factors.Only(LinePoints.Of(key, job)) : new(
        Config.Weights.Priority * PriorityFactor(job),
        Config.Weights.Age * Math.Min(1, (now - AgeSince(job)) / Config.MaxAge),
        Config.Weights.FairShare * account.Factor,
        LatestStart(job.Spec) is { } latest ? Config.Weights.Deadline * Math.Clamp(1 - ((latest - now) / Config.DeadlineWindow), 0, 1) : 0);

    /// <summary>From when a job's wait counts: since it may start; or since it was submitted, if it lost its devices through no
    /// fault of its own.</summary>
    public static DateTimeOffset AgeSince(Job job) =>
        job.Attempt is
        {
            EndCause: EndCause.NodeLost or EndCause.Preempted or EndCause.Drained or EndCause.Closed or EndCause.LaunchFailed
            or EndCause.NotHere
        }
            ? job.SubmitTime
            : RequestClass.EligibleSince(job);

    /// <summary>When a job must start to end before its deadline by its time limit; null: it has none.</summary>
    public static DateTimeOffset? LatestStart(JobSpec spec) =>
        spec.Deadline is { } deadline ? deadline - (spec.TimeLimit ?? TimeSpan.Zero) : null;

    private static int RoundPlaceOf(Job job) => job.RoundPlace > 0 ? job.RoundPlace : int.MaxValue;

    private static double PriorityFactor(Job job) => Math.Clamp(job.Spec.Priority, -MostPriority, MostPriority) / (double)MostPriority;

    /// <summary>Order among jobs of one account, with or without deadlines: the same weights, but without bounds on factors, so that it
    /// never changes while they wait.</summary>
    public int Compare(Job x, Job y)
    {
        if (RoundPlaceOf(x) is var place && place != RoundPlaceOf(y)) return place.CompareTo(RoundPlaceOf(y));
        var (left, right) = (Lasting(x), Lasting(y));
        if (left != right) return right.CompareTo(left);
        var byPriority = key != LineKey.Factors ? 0 : y.Spec.Priority.CompareTo(x.Spec.Priority);
        return byPriority != 0 ? byPriority : x.Id.CompareTo(y.Id);
    }

    private double Lasting(Job job)
    {
        if (key != LineKey.Factors) return LinePoints.Of(key, job);
        var points = (Config.Weights.Priority * PriorityFactor(job)) - (
            Config.Weights.Age * (Seconds(AgeSince(job)) / Config.MaxAge.TotalSeconds));
        return LatestStart(job.Spec) is { } latest
            ? points - (Config.Weights.Deadline * (Seconds(latest) / Config.DeadlineWindow.TotalSeconds))
            : points;
    }

    /// <summary>Counted from near the present, to leave room for fractions.</summary>
    private static double Seconds(DateTimeOffset time) => (time.UtcTicks - Origin) / (double)TimeSpan.TicksPerSecond;

    private static readonly long Origin = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;
}
