namespace GpuScheduler.Core.Model;

/// <summary>Slurm's names of the states, as users read them.</summary>
public static class JobStateNames
{
    /// <summary>Such as <c>OUT_OF_MEMORY</c>.</summary>
    public static string DisplayName(this JobState state) => state switch
    {
        JobState.Pending => "PENDING",
        JobState.Configuring => "CONFIGURING",
        JobState.Running => "RUNNING",
        JobState.Checkpointing => "CHECKPOINTING",
        JobState.Completing => "COMPLETING",
        JobState.Completed => "COMPLETED",
        JobState.Failed => "FAILED",
        JobState.Timeout => "TIMEOUT",
        JobState.OutOfMemory => "OUT_OF_MEMORY",
        JobState.NodeFail => "NODE_FAIL",
        JobState.Preempted => "PREEMPTED",
        JobState.Cancelled => "CANCELLED",
        JobState.RequeueHold => "REQUEUE_HOLD",
        JobState.Deadline => "DEADLINE",
    };
}
