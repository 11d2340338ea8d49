using System.Diagnostics.CodeAnalysis;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.Reservations;
using GpuScheduler.Core.Queueing;
using GpuScheduler.Core.Quotas;

namespace GpuScheduler.Core.Engine;

/// <summary>A lane, and what its jobs need, worked out once.</summary>
internal sealed class Contender(Lane lane)
{
    private Job? _closedTo;
    private PlacementQuery? _question;
    private readonly Dictionary<Job, Promise> _behind = [];
    private (Job? Job, long Version) _nothingToTake;
    private (Job? Job, long Version) _nothingBehind;
    private (Job? First, long FreedVersion, long Arrivals) _noneShorter;
    private (Job? Job, JobFamily Family) _known;

    public Lane Lane { get; } = lane;

    public PlacementQuery Query { get; } = new(lane.Class.Request, OpenClasses(lane.Class, lane.Stage));

    /// <summary>The same query for words: what is asked leaves nothing in the one that cycles go by. No particular job asks, so that
    /// what is kept of cards in parts is looked past, too.</summary>
    public PlacementQuery Question
    {
        get
        {
            _question ??= new PlacementQuery(Query.Request, Query.Classes);
            _question.Asker = Query.Asker with { Job = null };
            return _question;
        }
    }

    /// <summary>The map's <see cref="PoolMap.FreedVersion"/> at which there was no room; until that grows there is none.</summary>
    public long ClosedAt { get; private set; }

    /// <summary>What a job of the lane was promised last; null: nothing yet.</summary>
    public Promise? Promise { get; set; }

    /// <summary>What a job of the lane is promised; null: nothing.</summary>
    public Promise? PromiseTo(Job job) => Promise?.Job == job ? Promise : _behind.GetValueOrDefault(job);

    /// <summary>Room is being made for a job, the first or one behind it.</summary>
    public void SetTakeover(Job job, Promise promise)
    {
        if (ReferenceEquals(job, Lane.First)) Promise = promise;
        else _behind[job] = promise;
    }

    /// <summary>A job behind the first needs no promise any more.</summary>
    public void Forget(Job job) => _behind.Remove(job);

    /// <summary>The <see cref="PoolMap.ShapeVersion"/> at which no node could ever have held its jobs.</summary>
    public long HopelessAt { get; set; }

    /// <summary>Whether a node that is up could hold its jobs, and the <see cref="PoolMap.ShapeVersion"/> at which that was so.</summary>
    public (long Version, bool Possible) SeenPossible { get; set; }

    /// <summary>The last verdict on why its jobs wait, kept as long as the pool doesn't change, and neither does the time where
    /// nodes have hours.</summary>
    public (long Version, DateTimeOffset? At, Explaining.LaneVerdict Verdict)? LastVerdict { get; set; }

    /// <summary>The tier's limit that closes the lane, and the tally's version at which it did; null: none.</summary>
    public (QuotaHit Hit, long Version)? Limit { get; set; }

    /// <summary>True while the tier's limit is what it was.</summary>
    public bool IsLimited => Limit is { } limit && limit.Version == limit.Hit.Tally.Version;

    /// <summary>True when this job was found to have no room, and nothing became free since.</summary>
    public bool IsClosedTo(Job job, long freedVersion) => ClosedAt == freedVersion && ReferenceEquals(_closedTo, job);

    /// <summary>There is no room for this job, nor for those behind it.</summary>
    public void Close(Job job, long freedVersion) => (ClosedAt, _closedTo) = (freedVersion, job);

    /// <summary>True when no job was found to stop for this one, and nothing changed since but the time.</summary>
    public bool NothingToTake(Job job, long version)
    {
        var seen = ReferenceEquals(job, Lane.First) ? _nothingToTake : _nothingBehind;
        return ReferenceEquals(seen.Job, job) && seen.Version == version;
    }

    /// <summary>What is known of the family of this job; null: nothing. To name a family takes reading the job's whole
    /// command, so that is done once.</summary>
    public FamilyFacts? FactsOf(Job job, FamilyBook families)
    {
        if (families.IsEmpty) return null;
        if (!ReferenceEquals(_known.Job, job)) _known = (job, JobFamily.Of(job.Spec));
        return families.Of(_known.Family);
    }

    /// <summary>No job can be stopped for this one as things are.</summary>
    public void NoteNothingToTake(Job job, long version)
    {
        if (ReferenceEquals(job, Lane.First)) _nothingToTake = (job, version);
        else _nothingBehind = (job, version);
    }

    /// <summary>
    /// True when none of those behind the first was found to start before it, and nothing became free and no job came since.
    /// </summary>
    public bool NoneShorter(long freedVersion) => _noneShorter == (Lane.First, freedVersion, Lane.Arrivals);

    /// <summary>No job behind the first can start as things are.</summary>
    public void NoteNoneShorter(long freedVersion) => _noneShorter = (Lane.First, freedVersion, Lane.Arrivals);

    /// <summary>True when neither the first nor, where machines close too soon for it alone, one behind it could start.</summary>
    public bool IsSettled(Job first, long freedVersion) =>
        IsClosedTo(first, freedVersion) && (!ReferenceEquals(_noneShorter.First, first) || NoneShorter(freedVersion));

    /// <summary>Some of its classes are lent only after they have been idle for a while.</summary>
    public bool BorrowsIdle { get; } = lane.Class.Spills.Any(opening => opening.Loan is { } loan && loan.Idle > TimeSpan.Zero);

    /// <summary>How long cards of a class must have been left alone before they are lent to the tier; zero: they need not.</summary>
    public TimeSpan IdleBeforeLoan(DeviceClass deviceClass)
    {
        foreach (var opening in Lane.Class.Spills)
        {
            if (opening.Class == deviceClass) return opening.Loan?.Idle ?? TimeSpan.Zero;
        }

        return TimeSpan.Zero;
    }

    /// <summary>The tier's first choices, then what it may spill to by now.</summary>
    public static IReadOnlyList<DeviceClass> OpenClasses(RequestClass requestClass, int stage) =>
        OpenClasses(requestClass.Config, requestClass.Spills.Take(stage));

    /// <summary>The same of a tier, for questions alone.</summary>
    public static IReadOnlyList<DeviceClass> OpenClasses(TierConfig tier, IEnumerable<ClassOpening> spills) =>
        [.. tier.Classes.Concat(spills.Select(rule => rule.Class)).Distinct()];
}

/// <summary>All lanes in the order in which a cycle serves them. Buffers are kept: a cycle allocates nothing for those who wait.</summary>
internal sealed class Contenders
{
    private readonly List<List<Contender>> _byTier = [];
    private readonly Dictionary<Lane, Contender> _byLane = [];
    private readonly PriorityQueue<Contender, Rank> _line = new();
    private readonly List<Contender> _spilled = [];
    private int _classesSeen;

    /// <summary>Tiers that have or had lanes.</summary>
    public int Tiers => _byTier.Count;

    /// <summary>Of each class that has spill rules, the lane for which all of them are open.</summary>
    public IReadOnlyList<Contender> Spilled => _spilled;

    public Contender Of(Lane lane) => _byLane[lane];

    /// <summary>False for a lane that no cycle has seen yet.</summary>
    public bool TryOf(Lane lane, [NotNullWhen(true)] out Contender? contender) => _byLane.TryGetValue(lane, out contender);

    /// <summary>Takes in classes of requests seen for the first time.</summary>
    public void Sync(ReadyQueue ready)
    {
        for (; _classesSeen < ready.Classes.Count; _classesSeen++)
        {
            var lanes = ready.Classes[_classesSeen].Lanes;
            foreach (var lane in lanes) Add(lane);
            if (lanes.Count > 1) _spilled.Add(_byLane[lanes[^1]]);
        }
    }

    /// <summary>Lines up a tier's lanes in which a job waits and may have room, or whose first was promised some.</summary>
    /// <param name="strict">All lanes in which a job waits: one that has no room keeps those behind it from starting.</param>
    public void Line(int tier, long freedVersion, PromiseBook promises, bool strict)
    {
        _line.Clear();
        foreach (var contender in _byTier[tier])
        {
            if (contender.Lane.Count == 0 || contender.IsLimited) continue;
            if (!strict && contender.Lane.First is { } first && contender.IsSettled(first, freedVersion)
                && !IsPromised(contender, first, promises)) continue;
            contender.Lane.Refresh(freedVersion);
            LineAgain(contender);
        }
    }

    /// <summary>The lane whose first job is first of all; null: none is left.</summary>
    public Contender? Next() => _line.TryDequeue(out var contender, out _) ? contender : null;

    /// <summary>A lane's first was served, or is kept by a limit: its next one lines up.</summary>
    public void LineAgain(Contender contender)
    {
        if (contender.Lane.Best is { } next) _line.Enqueue(contender, next.Rank);
    }

    private static bool IsPromised(Contender contender, Job first, PromiseBook promises) =>
        contender.PromiseTo(first) is { } promise && promises.Stood(promise);

    private void Add(Lane lane)
    {
        while (_byTier.Count <= lane.Class.Tier) _byTier.Add([]);
        var contender = new Contender(lane);
        _byTier[lane.Class.Tier].Add(contender);
        _byLane.Add(lane, contender);
    }
}
