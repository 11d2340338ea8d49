namespace GpuScheduler.Core.Model;

/// <summary>
/// A job's life, under Slurm's names. Values are stored: append only, never renumber.
/// Durable: every one. A job in <see cref="Configuring"/> … <see cref="Completing"/> holds an allocation.
/// </summary>
public enum JobState
{
    /// <summary>Durable and waiting, always with a reason.</summary>
    Pending = 1,

    /// <summary>Devices granted and the attempt dispatched; its process has not been seen yet.</summary>
    Configuring = 2,

    /// <summary>The worker saw the first process start.</summary>
    Running = 3,

    /// <summary>Asked to save its work before it is stopped.</summary>
    Checkpointing = 4,

    /// <summary>Asked to stop; its processes may still live, so its devices are still taken.</summary>
    Completing = 5,

    /// <summary>Ended with exit status 0.</summary>
    Completed = 6,

    /// <summary>Ended with another exit status and no retry left.</summary>
    Failed = 7,

    /// <summary>Ended because its time limit was reached.</summary>
    Timeout = 8,

    /// <summary>The kernel killed it for want of host memory, and no retry was left.</summary>
    OutOfMemory = 9,

    /// <summary>Its node was lost and it may not be requeued.</summary>
    NodeFail = 10,

    /// <summary>Stopped for a more important job and may not be requeued.</summary>
    Preempted = 11,

    /// <summary>Ended by a person, or by the system because a dependency can never be met: the reason says which.</summary>
    Cancelled = 12,

    /// <summary>Needs a person: it kept failing without moving its checkpoint. Waits like a held job.</summary>
    RequeueHold = 13,

    /// <summary>Ended without starting again, because it could not end before its deadline any more.</summary>
    Deadline = 14,
}

/// <summary>What follows from a state.</summary>
public static class JobStates
{
    /// <summary>True where nothing more will happen unless a person requeues the job.</summary>
    public static bool IsEnded(this JobState state) => state switch
    {
        JobState.Pending or JobState.Configuring or JobState.Running or JobState.Checkpointing
            or JobState.Completing or JobState.RequeueHold => false,
        JobState.Completed or JobState.Failed or JobState.Timeout or JobState.OutOfMemory
            or JobState.NodeFail or JobState.Preempted or JobState.Cancelled or JobState.Deadline => true,
    };

    /// <summary>True where the job holds devices, cores and memory of a node.</summary>
    public static bool HoldsAllocation(this JobState state) => state switch
    {
        JobState.Configuring or JobState.Running or JobState.Checkpointing or JobState.Completing => true,
        JobState.Pending or JobState.RequeueHold or JobState.Completed or JobState.Failed or JobState.Timeout
            or JobState.OutOfMemory or JobState.NodeFail or JobState.Preempted or JobState.Cancelled or JobState.Deadline => false,
    };
}
