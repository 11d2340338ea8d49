using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine.Explaining;
using GpuScheduler.Core.Engine.Inputs;
using GpuScheduler.Core.Identity;
using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.OpenHours;
using GpuScheduler.Core.Placement.Reservations;
using GpuScheduler.Core.Preemption;
using GpuScheduler.Core.Queueing;
using GpuScheduler.Core.Rounds;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Engine;

/// <summary>Everything a pool knows. Changed only by <see cref="PoolEngine.Step"/>; readable between steps.</summary>
public sealed class PoolState
{
    private static readonly Comparer<Node> ByName = Comparer<Node>.Create((x, y) => x.Id.CompareTo(y.Id));
    private readonly List<Node> _nodes = [];

    internal PoolState(PoolConfig config, long nextJobNumber, DateTimeOffset now)
    {
        Config = config;
        Hours = new HoursBook(Map, Families);
        Hours.Adopt(config, now);
        NextJobNumber = nextJobNumber;
        Accounting = new Accounting(config);
        Table = new JobTable(Accounting);
        Room = new WaitingRoom(config, Table, Accounting.Accounts, Families);
        Map.Rescore(config.Scores);
        Rounds = new RoundBook(PoolPolicy.Of(config.Policy));
    }

    /// <summary>The state as a store remembers it. Nodes with live attempts count as silent since <paramref name="now"/>.</summary>
    public static PoolState Load(PoolConfig config, StoredPool stored, DateTimeOffset now) => PoolLoader.Load(config, stored, now);

    /// <summary>Keeps what a memory that was spoilt by one input knew of the machines: their workers need not announce themselves
    /// anew.</summary>
    /// <param name="spoilt">The memory before; a step was begun on it and not finished.</param>
    /// <param name="sessions">Sessions as of the last finished step.</param>
    public void KeepSessions(PoolState spoilt, IReadOnlyDictionary<NodeId, string> sessions) =>
        LiveSessions.TakeOver(this, spoilt, sessions);

    /// <summary>Jobs that have not ended, and none else, in no particular order.</summary>
    public IReadOnlyCollection<Job> Jobs => Table.Live;

    /// <summary>The first so many of them that are wanted, in submission order, behind one; null: from the first on.</summary>
    public IReadOnlyList<Job> JobsBehind(JobId? after, Func<Job, bool> wanted, int most) => Table.Behind(after, wanted, most);

    /// <summary>How many jobs that have not ended each tier has in each state; a tier without jobs may be missing.</summary>
    public IReadOnlyDictionary<string, Dictionary<JobState, int>> Census => Table.Census.Tiers;

    /// <summary>Nodes, sorted by name.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>The rules in force.</summary>
    public PoolConfig Config { get; private set; }

    /// <summary>Which store it is kept in.</summary>
    public StoreIdentity Identity { get; private set; } = StoreIdentity.None;

    internal IReadOnlyList<OpeningMark> Openings { get; private set; } = [];

    internal long Commit { get; private set; }

    internal bool TakesOldFolders { get; private set; }

    internal StoreStanding Standing => new(Identity, Openings, Commit, NextJobNumber, TakesOldFolders);

    internal long NextJobNumber { get; set; }

    internal JobTable Table { get; }

    internal Accounting Accounting { get; }

    internal WaitingRoom Room { get; }

    internal PoolMap Map { get; } = new();

    internal HoursBook Hours { get; }

    internal FamilyBook Families { get; } = new();

    internal SubmissionKeys Keys { get; } = new();

    internal SharedWords Words { get; } = new();

    internal Contenders Contenders { get; private set; } = new();

    internal PromiseBook Promises { get; } = new();

    internal RoundBook Rounds { get; private set; }

    /// <summary>Nodes without a session whose lease still runs, by name.</summary>
    internal SortedSet<NodeId> Silent { get; } = [];

    /// <summary>Nodes with a cordon that has a deadline, by name.</summary>
    internal SortedSet<NodeId> Draining { get; } = [];

    /// <summary>Nodes that rest after a failed launch, by name.</summary>
    internal SortedSet<NodeId> Resting { get; } = [];

    /// <summary>When time alone may have made room that has not been looked for: an idle card may be lent, a job may be stopped.</summary>
    internal DateTimeOffset? LookAgainAt { get; private set; }

    /// <summary>A job that has not ended; null otherwise.</summary>
    public Job? FindJob(JobId id) => Table.Find(id);

    /// <summary>Elements of an array that have not ended, in no particular order; empty for any other number.</summary>
    public IReadOnlyCollection<Job> ElementsOf(long number) => Table.ArrayOf(number) is { } array ? array.Live.Values : [];

    /// <summary>Elements of an array by state and reason, with the first few of each, ended ones included; empty for any other
    /// number.</summary>
    public IReadOnlyList<ArrayGroup> DigestOf(long number, DateTimeOffset now) => ArrayDigest.Of(this, number, now);

    /// <summary>States of an array's elements that have ended, by index; empty for any other number.</summary>
    internal IReadOnlyDictionary<int, JobState> EndedElementsOf(long number) => Table.EndedElementsOf(number);

    /// <summary>A node that has ever joined; null otherwise.</summary>
    public Node? FindNode(NodeId id) => Map.Find(id)?.Node;

    /// <summary>What is granted on a node now.</summary>
    public NodeUse UseOf(NodeId node) => Map.Find(node) is { } slot ? Use.Of(slot) : Use.Nothing;

    /// <summary>When a node takes work; null: always.</summary>
    public NodeAvailability? AvailabilityOf(NodeId node, DateTimeOffset now) =>
        Map.Find(node)?.Hours is { } hours ? HoursWords.Of(hours, now) : null;

    /// <summary>Why a job that still waits when nothing more is to come never starts: as <see cref="ReasonOf"/>, but of hours what
    /// holds for every night. Null for a job that doesn't wait.</summary>
    public (Reason Reason, string Text)? WhyNever(Job job, DateTimeOffset now) => ReasonOf(job, now) switch
    {
        { Reason: Reason.ReqNodeNotAvail } when HoursWarning.For(this, job.Spec, Room.Ready.TierOf(job.Spec).Config, now) is { } never =>
            (Reason.ReqNodeNotAvail, never),
        var reason => reason,
    };

    /// <summary>Why a pending job waits, or why it is held; never null for a waiting job.</summary>
    public (Reason Reason, string Text)? ReasonOf(Job job, DateTimeOffset now) => WaitingReasons.Of(this, job, now);

    /// <summary>A waiting job's effective priority; null for one that doesn't wait for room.</summary>
    public JobPriority? PriorityOf(Job job, DateTimeOffset now) => OrderViews.Of(this, job, now);

    /// <summary>Where each account stands that has jobs or used something.</summary>
    public IReadOnlyList<AccountShare> SharesAt(DateTimeOffset now) => OrderViews.Shares(this, now);

    /// <summary>The store has made a commit durable.</summary>
    public void NoteCommit(long number) => Commit = number;

    /// <summary>What a waiting job is promised; null: nothing.</summary>
    public PromisedStart? PromiseTo(Job job)
    {
        if (Promises.All.FirstOrDefault(one => one.Job == job && one.Binds) is not { } promise) return null;
        NodeId[] nodes = [.. promise.Stakes.Select(stake => stake.Slot.Node.Id)];
        return new PromisedStart(nodes, promise.At, promise.WaitsFor) { Expected = promise.Expected };
    }

    /// <summary>The jobs among those named that have ended, sorted: to requeue them, the shell reads them from the store.</summary>
    /// <param name="ids">As users write them; what can't be read is left out.</param>
    public IReadOnlyList<JobId> EndedAmong(IReadOnlyList<string> ids) => JobSelection.EndedAmong(Table, ids);

    /// <summary>Other rules are in force from now on: jobs that wait for room are lined up anew.</summary>
    internal void Adopt(PoolConfig config, DateTimeOffset now)
    {
        Config = config;
        Contenders = new Contenders();
        Accounting.Adopt(config, Jobs, now);
        Rounds = new RoundBook(PoolPolicy.Of(config.Policy));
        foreach (var job in Jobs) job.RoundPlace = 0;
        Room.Adopt(config, now);
        Hours.Adopt(config, now);
        Map.Reclassify((slot, hold) => !hold.Fenced && FindJob(hold.Attempt.Id.Job) is { } job && MayYield(job, slot, hold.Share));
        Map.Rescore(config.Scores);
        Map.NoteUnreserved();
    }

    /// <summary>True when an attempt runs on cards that its job's tier has only on loan.</summary>
    public bool IsOnLoan(Job job) => job.State.HoldsAllocation() && job.Attempt!.Allocation.Nodes.Any(share =>
        Map.Find(share.Node) is { } slot && YieldRules.IsLoan(Config, job.Spec.Tier, YieldRules.ClassOn(slot, share)));

    /// <summary>Whether an attempt granted on a node might be stopped for others.</summary>
    internal bool MayYield(Job job, NodeSlot slot, NodeShare share) => YieldRules.MayYield(Config, job, YieldRules.ClassOn(slot, share));

    /// <summary>What a job's newest attempt holds on a node.</summary>
    internal Hold HoldOf(Job job, NodeSlot slot, NodeShare share)
    {
        var longest = RunBound.Of(job.Spec);
        var expected = longest is null ? RunTimes.Cautious(Families.Of(job.Spec)) : null;
        return new Hold(job.Attempt!, share, Fenced: false)
        {
            Longest = longest, Expected = expected, Grace = job.Spec.Grace, MayYield = MayYield(job, slot, share),
        };
    }

    internal void Remember(StoredPool stored) =>
        (Identity, Openings, Commit, TakesOldFolders) = (stored.Identity, stored.Openings, stored.Commit, stored.HasLegacyWorkers);

    /// <summary>The store has lost commits: what it does from now on is told apart from them.</summary>
    internal void Raise(StoreVerdict.Restored restored)
    {
        Identity = Identity with { Generation = restored.Generation };
        NextJobNumber = restored.NextJobNumber;
    }

    internal void LookAgainBy(DateTimeOffset? moment)
    {
        if (moment is not null && !(LookAgainAt <= moment)) LookAgainAt = moment;
    }

    /// <summary>True once when the moment has come: what didn't fit may fit now.</summary>
    internal void LookAgain(DateTimeOffset now)
    {
        if (!(LookAgainAt <= now)) return;
        LookAgainAt = null;
        Map.NoteUnreserved();
    }

    internal NodeSlot AddNode(Node node)
    {
        var slot = Map.Add(node);
        Hours.Assign(slot);
        if (node.RestsUntil is not null) Resting.Add(node.Id);
        _nodes.Insert(~_nodes.BinarySearch(node, ByName), node);
        return slot;
    }
}
