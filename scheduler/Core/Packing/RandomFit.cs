namespace GpuScheduler.Core.Packing;

/// <summary>Any node that has room, any card of it that has: the baseline that everything must beat.</summary>
public sealed class RandomFit(ulong seed) : IPackingPolicy
{
    private readonly SeededSequence sequence = new(seed);
    private readonly List<PackingNode> fitting = [];

    public string Name => "random";

    public PackingChoice? Choose(PackingCluster cluster, PackingRequest request)
    {
        fitting.Clear();
        foreach (var node in cluster.Nodes)
        {
            if (node.Fits(request))
                fitting.Add(node);
        }

        return fitting.Count == 0 ? null : Pick(fitting[sequence.Below(fitting.Count)], request);
    }

    private PackingChoice Pick(PackingNode node, PackingRequest request)
    {
        if (!request.SharesGpu)
            return new(node, 0);

        var left = sequence.Below(node.CardsWith(request.MilliPerGpu));
        var card = 0;
        while (node.GpuFree[card] < request.MilliPerGpu || left-- > 0)
            card++;

        return new(node, card);
    }
}
