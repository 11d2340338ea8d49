using GpuScheduler.Core.Config;

namespace GpuScheduler.Grains.Nodes;

/// <summary>A worker's session as its node keeps it.</summary>
internal sealed class NodeSession(string id, IWorkerSession worker, LeaseConfig leases, long openedAt)
{
    /// <summary>Refused reports of one session that are told: a worker that sends nothing else must not fill the log.</summary>
    public const int MostTold = 10;

    public string Id { get; } = id;

    public IWorkerSession Worker { get; } = worker;

    /// <summary>What its worker was told; a reload changes it only for sessions that begin later.</summary>
    public LeaseConfig Leases { get; } = leases;

    /// <summary>What the pool was told of its cards.</summary>
    public KnownReadings Readings { get; } = new();

    /// <summary>Refused reports so far.</summary>
    public int Told { get; set; }

    /// <summary>Timestamp of the last sign of life.</summary>
    public long LastSeen { get; set; } = openedAt;

    /// <summary>The pool's epoch that accepted it; null while the pool has not answered.</summary>
    public long? Epoch { get; set; }
}
