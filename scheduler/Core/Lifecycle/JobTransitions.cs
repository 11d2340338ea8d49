using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Lifecycle;

/// <summary>One legal move of a job.</summary>
internal readonly record struct JobTransition(JobState From, JobEvent Event, JobState To);

/// <summary>Every legal move of a job, and none else. The folder's README shows the table; a test keeps the two equal.</summary>
internal static class JobTransitions
{
    private static readonly JobState[] Holding =
        [JobState.Configuring, JobState.Running, JobState.Checkpointing, JobState.Completing];

    private static readonly JobState[] Ended =
    [
        JobState.Completed, JobState.Failed, JobState.Timeout, JobState.OutOfMemory,
        JobState.NodeFail, JobState.Preempted, JobState.Cancelled, JobState.Deadline,
    ];

    /// <summary>All moves, grouped by the state they leave.</summary>
    public static IReadOnlyList<JobTransition> All { get; } =
    [
        .. Waiting(), .. OnNode(), .. Holding.SelectMany(Endings), .. Ended.Select(Revival),
    ];

    private static readonly Dictionary<(JobState, JobEvent), JobState> Table =
        All.ToDictionary(row => (row.From, row.Event), row => row.To);

    /// <summary>The state that follows, or null where the move is not legal.</summary>
    public static JobState? Next(JobState from, JobEvent happened) => Table.TryGetValue((from, happened), out var to) ? to : null;

    private static IEnumerable<JobTransition> Waiting() =>
    [
        new(JobState.Pending, JobEvent.Granted, JobState.Configuring),
        new(JobState.Pending, JobEvent.Cancelled, JobState.Cancelled),
        new(JobState.RequeueHold, JobEvent.Released, JobState.Pending),
        new(JobState.RequeueHold, JobEvent.Cancelled, JobState.Cancelled),
        new(JobState.Pending, JobEvent.DeadlineMissed, JobState.Deadline),
        new(JobState.RequeueHold, JobEvent.DeadlineMissed, JobState.Deadline),
    ];

    private static IEnumerable<JobTransition> OnNode() =>
    [
        new(JobState.Configuring, JobEvent.Started, JobState.Running),
        new(JobState.Configuring, JobEvent.StopAsked, JobState.Completing),
        new(JobState.Running, JobEvent.SaveAsked, JobState.Checkpointing),
        new(JobState.Running, JobEvent.StopAsked, JobState.Completing),
        new(JobState.Checkpointing, JobEvent.StopAsked, JobState.Completing),
        new(JobState.Completing, JobEvent.StopAsked, JobState.Completing),
        // The start was on its way when the job was asked to stop.
        new(JobState.Completing, JobEvent.Started, JobState.Completing),
    ];

    private static IEnumerable<JobTransition> Endings(JobState from) =>
    [
        new(from, JobEvent.Succeeded, JobState.Completed),
        new(from, JobEvent.Failed, JobState.Failed),
        new(from, JobEvent.TimedOut, JobState.Timeout),
        new(from, JobEvent.MemoryExhausted, JobState.OutOfMemory),
        new(from, JobEvent.NodeLost, JobState.NodeFail),
        new(from, JobEvent.Cancelled, JobState.Cancelled),
        new(from, JobEvent.Requeued, JobState.Pending),
        new(from, JobEvent.Parked, JobState.RequeueHold),
    ];

    private static JobTransition Revival(JobState from) => new(from, JobEvent.Revived, JobState.Pending);
}
