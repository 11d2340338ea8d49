namespace GpuScheduler.Grains.Nodes;

/// <summary>A worker's session as its node keeps it.</summary>
internal sealed class NodeSession(string id, IWorkerSession worker, long openedAt)
{
    public string Id { get; } = id;

    public IWorkerSession Worker { get; } = worker;

    /// <summary>Timestamp of the last sign of life.</summary>
    public long LastSeen { get; set; } = openedAt;

    /// <summary>The pool's epoch that accepted it; null while the pool has not answered.</summary>
    public long? Epoch { get; set; }
}
