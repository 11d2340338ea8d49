using GpuScheduler.Core.Config;
using GpuScheduler.Core.FairShare;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>
/// All waiting jobs that are interchangeable for placement: same tier, same request, same right to spill, time
/// limits of about the same length. A cycle looks at the
/// first of each, never at the rest, so that a million waiting jobs cost what their few classes cost.
/// </summary>
internal sealed class RequestClass
{
    /// <summary>
    /// Most of those whose rule opened were moved before, as the first of their line, or run: to find that out costs a tenth of a move.
    /// </summary>
    private const int LooksAMove = 8;

    private readonly PriorityQueue<Job, long> _openings = new();

    public RequestClass(int tier, TierConfig config, ResourceRequest request, bool checkpointed, Ranking ranking, AccountBook accounts)
    {
        Tier = tier;
        Config = config;
        Request = request;
        Checkpointed = checkpointed;
        Spills = ClassOpening.For(config, checkpointed);
        Lanes =
        [
            .. Enumerable.Range(0, request.Gpu is null ? 1 : Spills.Count + 1).Select(stage => new Lane(this, stage, ranking, accounts)),
        ];
    }

    /// <summary>Index of the tier in the pool's order of serving.</summary>
    public int Tier { get; }

    public TierConfig Config { get; }

    public ResourceRequest Request { get; }

    public bool Checkpointed { get; }

    /// <summary>Its jobs' <see cref="TimeBand"/>.</summary>
    public int Band { get; init; }

    /// <summary>The hours for which they could ever start.</summary>
    public int Stay { get; init; }

    /// <summary>How long after giving way a job borrows nothing.</summary>
    public TimeSpan CoolDown { get; init; }

    /// <summary>Loans and spill rules that apply to these jobs, soonest first.</summary>
    public IReadOnlyList<ClassOpening> Spills { get; }

    /// <summary>One lane for each number of spill rules that are open.</summary>
    public IReadOnlyList<Lane> Lanes { get; }

    /// <summary>Where the spill delays are counted from.</summary>
    public static DateTimeOffset EligibleSince(Job job) => job.EligibleTime is { } time && time > job.SubmitTime ? time : job.SubmitTime;

    /// <summary>Seats a job that may start.</summary>
    public void Add(Job job, DateTimeOffset now)
    {
        var stage = StageAt(job, now);
        Lanes[stage].Add(job);
        if (stage + 1 < Lanes.Count) _openings.Enqueue(job, OpeningTicks(job, stage));
    }

    /// <summary>Moves jobs on whose next spill rule has opened: a bounded number, as those who came together may be a hundred thousand.
    /// First those that would be served next, so that no job starts before them because it moved first: one of them also where it is
    /// others' turn. Then others as their rules opened.</summary>
    public void OpenSpills(DateTimeOffset now, int most)
    {
        var moved = 0;
        foreach (var lane in Lanes)
        {
            for (; lane.First is { } first && StageAt(first, now) is var stage && stage > lane.Stage; moved++)
            {
                if (moved >= most && (moved > 0 || !IsAhead(lane, Lanes[stage]))) break;
                MoveOn(first, now);
            }
        }

        for (var looks = (most - moved) * LooksAMove; moved < most && looks > 0 && HasOpened(now); looks--)
        {
            var job = _openings.Dequeue();
            if (job.Seat is not AccountLine { Lane: var lane } || lane.Class != this || lane.Stage >= StageAt(job, now)) continue;
            MoveOn(job, now);
            moved++;
        }
    }

    /// <summary>Somebody may have to move on.</summary>
    public bool HasOpened(DateTimeOffset now) => _openings.TryPeek(out _, out var ticks) && ticks <= now.UtcTicks;

    /// <summary>When the next spill rule opens for one of the jobs, or some have still to move on; null: for none.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset now)
    {
        if (HasOpened(now)) return now;
        while (_openings.TryPeek(out var job, out var ticks))
        {
            if (job.Seat is AccountLine { Lane: var lane } && lane.Class == this && lane.Stage + 1 < Lanes.Count
                && OpeningTicks(job, lane.Stage) == ticks)
                return new DateTimeOffset(ticks, TimeSpan.Zero);
            _openings.Dequeue();
        }

        return null;
    }

    /// <summary>When a job's next spill rule opens; null when all are open.</summary>
    public DateTimeOffset? NextOpeningOf(Job job, int stage) =>
        stage + 1 < Lanes.Count ? OpeningOf(job, stage) : null;

    /// <summary>A lane's first would be served before all of another lane.</summary>
    private static bool IsAhead(Lane lane, Lane other) => other.Best is not { } best || lane.Best!.Rank.CompareTo(best.Rank) < 0;

    private void MoveOn(Job job, DateTimeOffset now)
    {
        WaitingRoom.Unseat(job);
        Add(job, now);
    }

    private int StageAt(Job job, DateTimeOffset now)
    {
        var stage = 0;
        while (stage + 1 < Lanes.Count && OpeningOf(job, stage) <= now) stage++;
        return stage;
    }

    private long OpeningTicks(Job job, int stage) => OpeningOf(job, stage).UtcTicks;

    /// <summary>Who has just had to give way borrows nothing for a while: lent at once, it would soon have to give way again.</summary>
    private DateTimeOffset OpeningOf(Job job, int stage)
    {
        var opens = EligibleSince(job) + Spills[stage].After;
        return Spills[stage].Loan is not null && job.Attempt is { StopCause: EndCause.Preempted } ? opens + CoolDown : opens;
    }
}
