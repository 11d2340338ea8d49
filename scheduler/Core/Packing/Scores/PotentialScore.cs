namespace GpuScheduler.Core.Packing.Scores;

/// <summary>Scores a placement by what it does to a quantity of the node: the less that grows, the better.</summary>
public abstract class PotentialScore : INodeScore
{
    private const int MostCards = 64;

    public NodeScore Of(PackingNode node, PackingRequest request)
    {
        Span<int> buffer = stackalloc int[Math.Max(MostCards, node.GpuFree.Length)];
        var outlook = new NodeOutlook(node, buffer);
        var before = Potential(outlook);
        outlook.TakeCpu(request.CpuMilli);
        if (request.SharesGpu)
            return BestCard(outlook, request, before);

        outlook.TakeWhole(request.Gpus);
        return new(Value(before, Potential(outlook)), 0);
    }

    /// <summary>In thousandths of a card.</summary>
    protected abstract double Potential(in NodeOutlook node);

    /// <summary>Turns the change into a score; higher is better.</summary>
    protected abstract double Value(double before, double after);

    /// <summary>Cards with as much left as an earlier one make no difference: the first of equals is taken.</summary>
    private NodeScore BestCard(NodeOutlook outlook, PackingRequest request, double before)
    {
        var best = new NodeScore(double.NegativeInfinity, -1);
        for (var card = 0; card < outlook.GpuFree.Length; card++)
        {
            var free = outlook.GpuFree[card];
            if (free < request.MilliPerGpu || outlook.GpuFree[..card].Contains(free))
                continue;

            outlook.TakeShare(card, request.MilliPerGpu);
            var value = Value(before, Potential(outlook));
            outlook.TakeShare(card, -request.MilliPerGpu);
            if (value > best.Value)
                best = new(value, card);
        }

        return best;
    }
}
