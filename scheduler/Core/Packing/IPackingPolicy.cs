namespace GpuScheduler.Core.Packing;

/// <summary>Says which of the nodes that have room takes a request.</summary>
public interface IPackingPolicy
{
    string Name { get; }

    /// <summary>Null only when no node has room: turning work away that fits is not a policy's to decide.</summary>
    PackingChoice? Choose(PackingCluster cluster, PackingRequest request);
}
