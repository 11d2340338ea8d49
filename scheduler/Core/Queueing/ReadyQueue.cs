using GpuScheduler.Core.Calendars;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.FairShare;
using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Rounds;

namespace GpuScheduler.Core.Queueing;

/// <summary>Every job that could start now if there were room: tier by tier, class by class.</summary>
internal sealed class ReadyQueue(PoolConfig config, AccountBook accounts, FamilyBook families)
{
    /// <summary>Jobs that spill in one step, all classes together, beside those who would be served next: half a millisecond.</summary>
    private const int MostMoved = 64;

    private readonly Dictionary<(int Tier, bool Checkpointed, int Band, int Stay, ResourceRequest Request), RequestClass> _classes = new(
        KeyComparer.Instance);
    private readonly List<RequestClass> _inOrder = [];
    private readonly StayBands _stays = new(config, families);
    private readonly FamilySweep _learned = new();
    private (RequestClass? From, RequestClass? To) _move;
    private int _turn;

    /// <summary>The order within a tier.</summary>
    public Ranking Ranking { get; } = new(config.Order, PoolPolicy.Of(config.Policy).Key, accounts);

    /// <summary>All classes ever seen, in order of first sight.</summary>
    public IReadOnlyList<RequestClass> Classes => _inOrder;

    /// <summary>Seats a job in its class.</summary>
    public void Add(Job job, DateTimeOffset now) => ClassOf(job.Spec).Add(job, now);

    /// <summary>The tier of a specification, and its place in the order of serving. Makes no class: for questions.</summary>
    public (int Index, TierConfig Config) TierOf(JobSpec spec) =>
        TierIndex(spec.Tier) is var index ? (index, TierAt(index, spec.Tier)) : default;

    /// <summary>The class of a specification; made when first asked for, so only a step may ask: later ones go by the order of classes.
    /// </summary>
    public RequestClass ClassOf(JobSpec spec) =>
        ClassOf(spec, TimeBand.Of(spec.TimeLimit, spec.TimeLimit is null ? RunTimes.Cautious(families.Of(spec)) : null));

    /// <summary>More is known of how long a family's jobs take: those that wait without a time limit are to line up with jobs of about
    /// that length.</summary>
    /// <param name="family">The family.</param>
    /// <param name="before">What was expected of its jobs; null: it was not known.</param>
    public void Learned(JobFamily family, TimeSpan? before)
    {
        var expected = RunTimes.Cautious(families.Of(family));
        var band = TimeBand.Of(null, expected);
        if (before == expected || (!_stays.Any && TimeBand.Of(null, before) == band)) return;
        _learned.Begin(family, band, Ranking.LinesOf(accounts.Of(new AccountId(family.Project, family.User))));
    }

    /// <summary>Lines up jobs of whose families more is known, as many as a step may.</summary>
    public void LineUpLearned(DateTimeOffset now)
    {
        if (!_learned.IsDone) _learned.Advance((job, band) => LineUp(job, band, now));
    }

    private bool LineUp(Job job, int band, DateTimeOffset now)
    {
        var (from, stay) = (((AccountLine)job.Seat!).Lane.Class, _stays.Of(job.Spec));
        if (from.Band == band && from.Stay == stay) return false;
        if (_move.From != from || _move.To!.Band != band || _move.To.Stay != stay) _move = (from, ClassOf(job.Spec, band));
        WaitingRoom.Unseat(job);
        _move.To!.Add(job, now);
        return true;
    }

    /// <summary>
    /// Moves jobs on whose spill delay has passed; where they are many, each class some, and the others in the next steps. Classes that
    /// get one more than the others, or any at all, take turns.
    /// </summary>
    public void OpenSpills(DateTimeOffset now)
    {
        var opened = 0;
        foreach (var requestClass in _inOrder) opened += requestClass.HasOpened(now) ? 1 : 0;
        if (opened == 0) return;
        var (share, more) = Math.DivRem(MostMoved, opened);
        for (int i = 0, first = _turn; i < _inOrder.Count; i++)
        {
            var at = (first + i) % _inOrder.Count;
            if (!_inOrder[at].HasOpened(now)) continue;
            _inOrder[at].OpenSpills(now, more > 0 ? share + 1 : share);
            if (more-- > 0) _turn = at + 1;
        }
    }

    private RequestClass ClassOf(JobSpec spec, int band)
    {
        var key = (Tier: TierIndex(spec.Tier), spec.Draft.Checkpoint.Enabled, band, Stay: _stays.Of(spec), spec.Request);
        if (_classes.TryGetValue(key, out var known)) return known;
        var made = new RequestClass(key.Tier, TierAt(key.Tier, spec.Tier), spec.Request, key.Enabled, Ranking, accounts)
        {
            Band = band, Stay = key.Stay, CoolDown = config.Preemption.CoolDown,
        };
        _classes.Add(key, made);
        _inOrder.Add(made);
        return made;
    }

    private int TierIndex(string name)
    {
        for (var i = 0; i < config.Tiers.Count; i++)
        {
            if (string.Equals(config.Tiers[i].Name, name, StringComparison.Ordinal)) return i;
        }

        return config.Tiers.Count;
    }

    /// <summary>A tier that the configuration no longer has is served last and may use no card: its jobs wait, and say why.</summary>
    private TierConfig TierAt(int index, string name) => index < config.Tiers.Count ? config.Tiers[index] : new TierConfig(name, [], []);

    private sealed class KeyComparer : IEqualityComparer<(int Tier, bool Checkpointed, int Band, int Stay, ResourceRequest Request)>
    {
        public static KeyComparer Instance { get; } = new();

        public bool Equals((int Tier, bool Checkpointed, int Band, int Stay, ResourceRequest Request) x,
            (int Tier, bool Checkpointed, int Band, int Stay, ResourceRequest Request) y) =>
            x.Tier == y.Tier && x.Checkpointed == y.Checkpointed && x.Band == y.Band && x.Stay == y.Stay
                && RequestComparer.Instance.Equals(x.Request, y.Request);

        public int GetHashCode((int Tier, bool Checkpointed, int Band, int Stay, ResourceRequest Request) obj) =>
            HashCode.Combine(obj.Tier, obj.Checkpointed, obj.Band, obj.Stay, RequestComparer.Instance.GetHashCode(obj.Request));
    }
}
