using GpuScheduler.Core.Calendars;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Identity;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine;

/// <summary>Everything that can happen to a pool. <see cref="PoolEngine.Step"/> takes any number of them in order.</summary>
public abstract record PoolInput
{
    private PoolInput()
    {
    }

    /// <summary>Submit jobs, all or none. Answered with <see cref="PoolReply.Submitted"/> or <see cref="PoolReply.Rejected"/>.</summary>
    public sealed record Submit(IReadOnlyList<JobSubmission> Jobs) : PoolInput;

    /// <summary>Cancel jobs. Answered with <see cref="PoolReply.Outcomes"/>, as the next three.</summary>
    /// <param name="Ids">As users write them: <c>12</c>, <c>12_3</c>, <c>12-15</c>, <c>12_[0-4]</c>. A number alone means the whole
    /// array. Empty: those of the filter.</param>
    /// <param name="User">Who asks; kept with the job. Never a filter.</param>
    /// <param name="Why">Free text; may be empty.</param>
    public sealed record Cancel(IReadOnlyList<string> Ids, string User, string Why) : PoolInput
    {
        /// <summary>Only those that match; without ids, all that match. Null: whatever they are.</summary>
        public JobFilter? Filter { get; init; }
    }

    /// <summary>Keep pending jobs from starting.</summary>
    public sealed record Hold(IReadOnlyList<string> Ids, string User) : PoolInput
    {
        /// <summary>Only those that match; without ids, all that match. Null: whatever they are.</summary>
        public JobFilter? Filter { get; init; }
    }

    /// <summary>Undo <see cref="Hold"/>, and let a job in REQUEUE_HOLD try again with a fresh budget.</summary>
    public sealed record Release(IReadOnlyList<string> Ids, string User) : PoolInput
    {
        /// <summary>Only those that match; without ids, all that match. Null: whatever they are.</summary>
        public JobFilter? Filter { get; init; }
    }

    /// <summary>Stop a running job (checkpoint first) and queue it again; an ended job is queued again.</summary>
    public sealed record Requeue(IReadOnlyList<string> Ids, string User) : PoolInput
    {
        /// <summary>Only those that match; without ids, all that match and have not ended. Null: whatever they are.</summary>
        public JobFilter? Filter { get; init; }

        /// <summary>The ended jobs among <see cref="Ids"/>, read from the store: a pool's state remembers of them only how they
        /// ended. <see cref="PoolState.EndedAmong"/> says which to read; one that is left out is answered with "submit it again".</summary>
        public IReadOnlyList<Job> Revived { get; init; } = [];
    }

    /// <summary>A worker's session began. Answered with <see cref="PoolReply.NodeAccepted"/>,
    /// <see cref="PoolReply.OtherStore"/> or <see cref="PoolReply.Rejected"/>.</summary>
    /// <param name="Node">The machine.</param>
    /// <param name="Session">Names the session; a later one replaces it.</param>
    /// <param name="BootId">Changes when the machine was started anew: earlier attempts cannot be alive.</param>
    /// <param name="WorkerVersion">For display.</param>
    /// <param name="Inventory">What the machine has.</param>
    /// <param name="Held">Attempts that the worker still runs, or whose end it has still to report.</param>
    public sealed record NodeJoined(
        NodeId Node, string Session, string BootId, string WorkerVersion, NodeInventory Inventory,
        IReadOnlyList<HeldAttempt> Held) : PoolInput
    {
        /// <summary>The store whose folder the worker serves; null: the caller vouches that it is this one.</summary>
        public StoreClaim? Served { get; init; }

        /// <summary>The id of the only store that the worker joins; empty: any.</summary>
        public string OnlyStore { get; init; } = "";

        /// <summary>Identifies the worker's data directory; empty: it is older than such ids.</summary>
        public string Instance { get; init; } = "";

        /// <summary>Tells that directory from its copies on the same machine; empty: not told.</summary>
        public string Folder { get; init; } = "";

        /// <summary>Where it calls from, for people.</summary>
        public string Peer { get; init; } = "";

        /// <summary>What it keeps for other stores.</summary>
        public IReadOnlyList<KeptStore> Kept { get; init; } = [];
    }

    /// <summary>What a worker keeps for other stores has changed. Ignored unless <paramref name="Session"/> is the node's current one.
    /// Answered with <see cref="PoolReply.Rejected"/>, or not at all.</summary>
    public sealed record StoresKept(NodeId Node, string Session, IReadOnlyList<KeptStore> Kept) : PoolInput;

    /// <summary>A worker is about to stop and ends its attempts first: its node takes no new work, and the session goes on for their
    /// reports. Ignored unless <paramref name="Session"/> is the node's current one. Not answered.</summary>
    public sealed record NodeStopping(NodeId Node, string Session) : PoolInput;

    /// <summary>A session ended or fell silent. Ignored unless <paramref name="Session"/> is the node's current one.
    /// The node's attempts go on; the lease decides when they count as lost.</summary>
    public sealed record NodeLeft(NodeId Node, string Session, string Why) : PoolInput;

    /// <summary>A worker reports on one of its attempts. Reports may arrive twice or late; only the newest attempt's count.</summary>
    /// <param name="Node">Who reports.</param>
    /// <param name="Sequence">The worker's outbox number; acknowledged by <see cref="PoolEffect.AckReports"/> once durable.</param>
    /// <param name="Attempt">Which attempt.</param>
    /// <param name="Time">When it happened, by the worker's clock.</param>
    /// <param name="Event">What happened.</param>
    public sealed record Reported(NodeId Node, long Sequence, AttemptId Attempt, DateTimeOffset Time, AttemptEvent Event) : PoolInput
    {
        /// <summary>An attempt that no job has.</summary>
        private static readonly AttemptId None = new(new JobId(0), 0);

        /// <summary>Stands for a report that can't be taken: it is acknowledged and changes nothing. Without it the worker would send
        /// the report for ever.</summary>
        public static Reported PassedOver(NodeId node, long sequence) =>
            new(node, sequence, None, DateTimeOffset.UnixEpoch, new AttemptEvent.Started(null));
    }

    /// <summary>What the sensors of some of a node's cards say, where it has changed noticeably. Ignored unless
    /// <paramref name="Session"/> is the node's current one. Not answered.</summary>
    public sealed record CardsRead(NodeId Node, string Session, IReadOnlyList<CardReading> Readings) : PoolInput;

    /// <summary>No new work on a node or card; with a deadline, what runs there is stopped by then, checkpoint first.
    /// Answered with <see cref="PoolReply.Serviced"/> or <see cref="PoolReply.Rejected"/>.</summary>
    /// <param name="Target"><c>node</c>, <c>node/1</c> or <c>node/GPU-uuid</c>.</param>
    /// <param name="Why">Shown in tables; may be empty.</param>
    /// <param name="Within">Null: what runs may finish.</param>
    /// <param name="User">Who asks.</param>
    public sealed record Drain(string Target, string Why, TimeSpan? Within, string User) : PoolInput
    {
        /// <summary>The deadline as a moment, in the words of <c>submit --deadline</c>; empty: <see cref="Within"/> counts.</summary>
        public string By { get; init; } = "";

        /// <summary>The administrator's clock minus UTC, for times of the day in <see cref="By"/>.</summary>
        public int UtcOffsetMinutes { get; init; }

        /// <summary>When that difference changes, in order of time.</summary>
        public IReadOnlyList<ClockChange> ClockChanges { get; init; } = [];

        internal LocalClock Clock => LocalClock.Of(UtcOffsetMinutes, ClockChanges);
    }

    /// <summary>Undo <see cref="Drain"/>; also clears a node's launch failures.</summary>
    public sealed record Resume(string Target, string User) : PoolInput;

    /// <summary>Puts other rules in force: whole, or not at all. Jobs keep what they hold; those that wait are lined up by the new
    /// rules. Answered with <see cref="PoolReply.Reloaded"/> or <see cref="PoolReply.Rejected"/>.</summary>
    public sealed record Reload(PoolConfig Config) : PoolInput;
}

/// <summary>One job to submit.</summary>
/// <param name="Draft">The user's words.</param>
/// <param name="IdempotencyKey">A repeat with the same key gets the first one's answer; empty: none.</param>
public sealed record JobSubmission(JobDraft Draft, string IdempotencyKey)
{
    /// <summary>When the submitter's difference to UTC changes, in order of time.</summary>
    public IReadOnlyList<ClockChange> ClockChanges { get; init; } = [];

    /// <summary>What times of the day in the draft mean.</summary>
    internal LocalClock Clock => LocalClock.Of(Draft.UtcOffsetMinutes, ClockChanges);
}

/// <summary>An attempt that a worker says it holds.</summary>
/// <param name="Attempt">Which.</param>
/// <param name="Running">False: it ended, and the report is on its way.</param>
public sealed record HeldAttempt(AttemptId Attempt, bool Running);

/// <summary>What a worker can report of an attempt.</summary>
public abstract record AttemptEvent
{
    private AttemptEvent()
    {
    }

    /// <summary>The process runs.</summary>
    /// <param name="ResumedFromStep">Step of the checkpoint it was given; null: from the beginning.</param>
    public sealed record Started(long? ResumedFromStep) : AttemptEvent;

    /// <summary>A checkpoint is finished.</summary>
    public sealed record Saved(Checkpoint Checkpoint) : AttemptEvent;

    /// <summary>The process was asked to stop; its grace runs.</summary>
    public sealed record Stopping(EndCause Cause) : AttemptEvent;

    /// <summary>No process of the attempt is left: its devices are free.</summary>
    /// <param name="Cause">Why.</param>
    /// <param name="ExitCode">128+n when signal n ended it; null when unknown.</param>
    /// <param name="Signal">Set when a signal ended it.</param>
    /// <param name="Message">For people; may be empty.</param>
    public sealed record Ended(EndCause Cause, int? ExitCode, int? Signal, string Message) : AttemptEvent;
}
