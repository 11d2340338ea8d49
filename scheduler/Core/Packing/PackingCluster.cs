namespace GpuScheduler.Core.Packing;

/// <summary>The nodes, in ordinal order of their names. Work arrives and stays: nothing here gives room back.</summary>
public sealed class PackingCluster
{
    public PackingCluster(IEnumerable<PackingNode> nodes)
    {
        Nodes = [.. nodes.OrderBy(node => node.Name, StringComparer.Ordinal)];
        GpuMilliTotal = Nodes.Sum(node => (long)node.GpuFree.Length * PackingRequest.WholeGpu);
    }

    public IReadOnlyList<PackingNode> Nodes { get; }

    /// <summary>Thousandths of a card over all nodes, idle or not.</summary>
    public long GpuMilliTotal { get; }

    /// <summary>Thousandths of a card given away so far.</summary>
    public long GpuMilliTaken { get; private set; }

    /// <summary>Places the request where the policy says. False: the policy found no node for it, and nothing changed.</summary>
    public bool TryPlace(PackingRequest request, IPackingPolicy policy)
    {
        if (policy.Choose(this, request) is not { } choice)
            return false;

        choice.Node.Take(request, choice.Card);
        GpuMilliTaken += request.GpuMilli;
        return true;
    }
}
