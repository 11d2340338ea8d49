namespace GpuScheduler.Core.Model;

/// <summary>
/// A job, or one element of an array, as it stands. Identity with changing state: owned by <c>PoolState</c> and changed only
/// inside a step; between steps it may be read by all. Not kept here: the reason a pending job waits for room, which belongs
/// to its class of equal requests (see <c>PoolState.ReasonOf</c>).
/// </summary>
public sealed class Job
{
    // A pool keeps a million of these: moments are ticks, which take a third of the room of a nullable date, and what only a job has
    // that was held or has run is made when there is something to say.
    private readonly long _submitTicks;
    private JobPast _past = JobPast.None;

    /// <summary>A job in its first state.</summary>
    public Job(JobId id, JobSpec spec, DateTimeOffset submitTime)
    {
        Id = id;
        Spec = spec;
        _submitTicks = submitTime.UtcTicks;
    }

    /// <summary>Its name for ever.</summary>
    public JobId Id { get; }

    /// <summary>What it asks for; shared by the elements of an array.</summary>
    public JobSpec Spec { get; private set; }

    /// <summary>When it was admitted.</summary>
    public DateTimeOffset SubmitTime => new(_submitTicks, TimeSpan.Zero);

    /// <summary>Where it is in its life.</summary>
    public JobState State { get; set; } = JobState.Pending;

    /// <summary>Why it is held, or why it ended as it did; null where the state says all, and while it waits for room.</summary>
    public Reason? Reason
    {
        get => _past.Reason;
        set { if (value != _past.Reason) Own().Reason = value; }
    }

    /// <summary>The reason for people, or empty.</summary>
    public string ReasonText
    {
        get => _past.ReasonText;
        set { if (value != _past.ReasonText) Own().ReasonText = value; }
    }

    /// <summary>Not before; null: at once. Set by the back-off after a failure.</summary>
    public DateTimeOffset? EligibleTime
    {
        get => Ticks.Read(_past.EligibleTicks);
        set { if (Ticks.Write(value) != _past.EligibleTicks) Own().EligibleTicks = Ticks.Write(value); }
    }

    /// <summary>Number of the newest attempt; 0 before the first. Only grows: it is the fencing token.</summary>
    public int AttemptNumber
    {
        get => _past.AttemptNumber;
        set { if (value != _past.AttemptNumber) Own().AttemptNumber = value; }
    }

    /// <summary>The newest attempt; null before the first.</summary>
    public Attempt? Attempt
    {
        get => _past.Attempt;
        set { if (!ReferenceEquals(value, _past.Attempt)) Own().Attempt = value; }
    }

    /// <summary>Attempts so far that failed without moving the checkpoint forward, since the last progress.</summary>
    public int Failures
    {
        get => _past.Failures;
        set { if (value != _past.Failures) Own().Failures = value; }
    }

    /// <summary>Launch failures in a row: the nodes' fault, never counted in <see cref="Failures"/>.</summary>
    public int LaunchFailures
    {
        get => _past.LaunchFailures;
        set { if (value != _past.LaunchFailures) Own().LaunchFailures = value; }
    }

    /// <summary>Known checkpoints, oldest first, at most the last eight.</summary>
    public IReadOnlyList<Checkpoint> Checkpoints
    {
        get => _past.Checkpoints;
        set { if (!ReferenceEquals(value, _past.Checkpoints)) Own().Checkpoints = value; }
    }

    /// <summary>What people did to it, oldest first; at most <see cref="Act.MostKept"/>.</summary>
    public IReadOnlyList<Act> Acts
    {
        get => _past.Acts;
        set { if (!ReferenceEquals(value, _past.Acts)) Own().Acts = value; }
    }

    /// <summary>First start of its newest attempt; null before.</summary>
    public DateTimeOffset? StartTime
    {
        get => Ticks.Read(_past.StartTicks);
        set { if (Ticks.Write(value) != _past.StartTicks) Own().StartTicks = Ticks.Write(value); }
    }

    /// <summary>When it ended for good.</summary>
    public DateTimeOffset? EndTime
    {
        get => Ticks.Read(_past.EndTicks);
        set { if (Ticks.Write(value) != _past.EndTicks) Own().EndTicks = Ticks.Write(value); }
    }

    /// <summary>Of the newest attempt that ended by itself; 128+n when signal n ended it.</summary>
    public int? ExitCode
    {
        get => _past.ExitCode;
        set { if (value != _past.ExitCode) Own().ExitCode = value; }
    }

    /// <summary>The signal that ended it.</summary>
    public int? Signal
    {
        get => _past.Signal;
        set { if (value != _past.Signal) Own().Signal = value; }
    }

    /// <summary>What the round's policy says: a waiting job's place among those who get cards (1 is first); -1: it runs and should
    /// make room; 0: nothing. Not durable: a round is planned when a pool is loaded.</summary>
    internal int RoundPlace { get; set; }

    /// <summary>Where it waits while it is pending; null otherwise. Never durable: rebuilt when a pool is loaded.</summary>
    internal object? Seat { get; set; }

    /// <summary>As it stands, with a seat nowhere: what becomes of the copy does not touch the job.</summary>
    internal Job Copy(JobSpec spec)
    {
        var copy = (Job)MemberwiseClone();
        copy._past = ReferenceEquals(_past, JobPast.None) ? _past : _past.Copy();
        (copy.Spec, copy.Seat, copy.Attempt, copy.RoundPlace) = (spec, null, Attempt?.Copy(), 0);
        return copy;
    }

    private JobPast Own() => ReferenceEquals(_past, JobPast.None) ? _past = new JobPast() : _past;
}

/// <summary>One try to run a job on granted devices.</summary>
public sealed class Attempt
{
    /// <summary>An attempt as granted.</summary>
    public Attempt(AttemptId id, Allocation allocation, DateTimeOffset grantTime)
    {
        Id = id;
        Allocation = allocation;
        GrantTime = grantTime;
        Ranks = allocation.IsGang ? [.. allocation.Nodes.Select(_ => new GangRank())] : [];
    }

    /// <summary>Job and fencing number.</summary>
    public AttemptId Id { get; }

    /// <summary>What it holds until it has ended.</summary>
    public Allocation Allocation { get; }

    /// <summary>
    /// A gang's processes, one a node of <see cref="Allocation"/>; empty for a single node, whose process is the attempt.
    /// </summary>
    public IReadOnlyList<GangRank> Ranks { get; private set; }

    /// <summary>When the devices were granted.</summary>
    public DateTimeOffset GrantTime { get; }

    /// <summary>When its process was seen, a gang's last one; null before.</summary>
    public DateTimeOffset? StartTime { get; set; }

    /// <summary>When its last process was gone.</summary>
    public DateTimeOffset? EndTime { get; set; }

    /// <summary>Step of the checkpoint it began from; null: from the beginning.</summary>
    public long? ResumedFromStep { get; set; }

    /// <summary>Newest step it reported.</summary>
    public long? LastStep { get; set; }

    /// <summary>When it reported that step, by the worker's clock.</summary>
    public DateTimeOffset? LastStepTime { get; set; }

    /// <summary>Set once it is asked to stop: why.</summary>
    public EndCause? StopCause { get; set; }

    /// <summary>Why it ended; null while it lives.</summary>
    public EndCause? EndCause { get; set; }

    /// <summary>128+n when signal n ended it.</summary>
    public int? ExitCode { get; set; }

    /// <summary>The signal that ended it.</summary>
    public int? Signal { get; set; }

    /// <summary>Work since the last checkpoint that its end cost; null while it lives or when nothing was lost.</summary>
    public TimeSpan? LostWork { get; set; }

    /// <summary>For people; may be empty.</summary>
    public string Message { get; set; } = "";

    /// <summary>What was known when it was granted. Durable; without it a job only gets one more try than it should.</summary>
    public AttemptOrigin Origin { get; set; } = AttemptOrigin.First;

    /// <summary>Where the attempt before found something missing, and what; null: nowhere, or it is not remembered, for it is never
    /// durable.</summary>
    internal (NodeId Node, string Message)? Missed { get; set; }

    /// <summary>Why it was placed as it was; null: it is not remembered, for it is never durable.</summary>
    internal PlacementChoice? Choice { get; set; }

    /// <summary>As it stands: what becomes of the copy does not touch the attempt.</summary>
    internal Attempt Copy()
    {
        var copy = (Attempt)MemberwiseClone();
        copy.Ranks = Ranks.Count == 0 ? [] : [.. Ranks.Select(rank => rank.Copy())];
        return copy;
    }
}

/// <summary>What the attempts before left behind.</summary>
/// <param name="PreviousEnd">Why the attempt before ended; null for the first.</param>
/// <param name="QuickError">Exit code with which the attempt before failed within seconds and without progress; else null.</param>
/// <param name="BestStep">Highest step of any checkpoint then known; null: none. Progress means going beyond it.</param>
public sealed record AttemptOrigin(EndCause? PreviousEnd, int? QuickError, long? BestStep)
{
    /// <summary>Time that the processes of the attempts before ran.</summary>
    public TimeSpan Attained { get; init; }

    /// <summary>Of it, what was not lost.</summary>
    public TimeSpan Kept { get; init; }

    /// <summary>Nothing came before.</summary>
    public static AttemptOrigin First { get; } = new(null, null, null);
}
