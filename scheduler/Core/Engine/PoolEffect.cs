using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine;

/// <summary>
/// What the shell must send to a worker, after the step's changes are durable. An effect that doesn't arrive is harmless:
/// when the node joins again the engine compares what it holds with what it should and sends what is missing.
/// </summary>
public abstract record PoolEffect(NodeId Node)
{
    /// <summary>Start an attempt.</summary>
    public sealed record Dispatch(NodeId Node, AttemptOrder Order) : PoolEffect(Node);

    /// <summary>Stop an attempt within the grace.</summary>
    public sealed record Stop(NodeId Node, AttemptId Attempt, EndCause Cause, bool CheckpointFirst, TimeSpan Grace, string Message)
        : PoolEffect(Node);

    /// <summary>Ask for a checkpoint and let the attempt go on.</summary>
    public sealed record CheckpointNow(NodeId Node, AttemptId Attempt, string Why) : PoolEffect(Node);

    /// <summary>Reports up to this number are durable.</summary>
    public sealed record AckReports(NodeId Node, long Sequence) : PoolEffect(Node);
}

/// <summary>Everything a worker needs to start an attempt.</summary>
/// <param name="Attempt">Job and fencing number.</param>
/// <param name="Spec">The job.</param>
/// <param name="Share">What it holds on the node.</param>
/// <param name="Checkpoints">Known so far, newest last, at most the last eight.</param>
/// <param name="PreviousEnd">Why the attempt before ended; null for the first.</param>
public sealed record AttemptOrder(
    AttemptId Attempt, JobSpec Spec, NodeShare Share, IReadOnlyList<Checkpoint> Checkpoints, EndCause? PreviousEnd)
{
    /// <summary>Its place among the others; null for a job of one node.</summary>
    public GangPlace? Gang { get; init; }
}

/// <summary>What a gang's process must know of the others.</summary>
/// <param name="Rank">Its own number, from 0.</param>
/// <param name="Nodes">All nodes in the order of the ranks.</param>
/// <param name="HeadAddress">Where the others reach rank 0.</param>
/// <param name="HeadPort">A port for the job's own use there, the same for every attempt.</param>
public sealed record GangPlace(int Rank, IReadOnlyList<NodeId> Nodes, string HeadAddress, int HeadPort);
