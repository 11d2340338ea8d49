namespace GpuScheduler.Core.Lifecycle;

/// <summary>What can happen to a job. Together with the state it decides the next one: <see cref="JobTransitions"/>.</summary>
internal enum JobEvent
{
    /// <summary>Devices were granted.</summary>
    Granted,

    /// <summary>Its process was seen.</summary>
    Started,

    /// <summary>Asked to save its work, then stop.</summary>
    SaveAsked,

    /// <summary>Asked to stop.</summary>
    StopAsked,

    /// <summary>Its attempt ended with exit status 0.</summary>
    Succeeded,

    /// <summary>Its attempt ended and no retry is left.</summary>
    Failed,

    /// <summary>Its attempt reached the time limit.</summary>
    TimedOut,

    /// <summary>Its attempt ran out of host memory and no retry is left.</summary>
    MemoryExhausted,

    /// <summary>Its node was lost or drained and it may not be queued again.</summary>
    NodeLost,

    /// <summary>A person, or a dependency that can never be met, ended it.</summary>
    Cancelled,

    /// <summary>It waits, and can't end before its deadline any more.</summary>
    DeadlineMissed,

    /// <summary>Its attempt ended and it may try again.</summary>
    Requeued,

    /// <summary>Its attempt ended and a person has to look at it first.</summary>
    Parked,

    /// <summary>A person let it go on after it was parked.</summary>
    Released,

    /// <summary>A person queued it again after it had ended.</summary>
    Revived,
}
