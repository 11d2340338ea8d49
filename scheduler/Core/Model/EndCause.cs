namespace GpuScheduler.Core.Model;

/// <summary>Why an attempt ended, or why a running one is asked to stop. Values are stored: append only.</summary>
public enum EndCause
{
    /// <summary>The process ended by itself; the exit status says how.</summary>
    Exited = 1,

    /// <summary>A person cancelled the job.</summary>
    Cancelled = 2,

    /// <summary>The time limit was reached.</summary>
    TimeLimit = 3,

    /// <summary>A more important job needed the devices.</summary>
    Preempted = 4,

    /// <summary>The node is being drained.</summary>
    Drained = 5,

    /// <summary>A newer attempt of the same job exists.</summary>
    Fenced = 6,

    /// <summary>A person asked for the job to be requeued.</summary>
    Requeued = 7,

    /// <summary>The worker could not start the process: the node's fault, never the job's.</summary>
    LaunchFailed = 8,

    /// <summary>The node's lease ran out, or it came back without the attempt.</summary>
    NodeLost = 9,

    /// <summary>The kernel killed it for want of host memory.</summary>
    OutOfMemory = 10,

    /// <summary>Another rank of its gang failed, or its node was lost: only ranks end so, never a whole attempt.</summary>
    RankFailed = 11,

    /// <summary>Its node's hours ended.</summary>
    Closed = 12,

    /// <summary>Nothing was started: the node lacks what the job names, such as its working directory. Another may have it.</summary>
    NotHere = 13,

    /// <summary>Nothing was started, and no node could do it: the job asks for something impossible.</summary>
    Unstartable = 14,
}
