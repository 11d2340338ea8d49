namespace GpuScheduler.Core.Packing.Scores;

/// <summary>FGD, after Weng et al., "Beware of Fragmentation" (USENIX ATC 2023): places where the expected fragmentation
/// grows least.</summary>
/// <remarks>
/// A node's fragmentation is what a request drawn from the mix could not use of its cards: everything left where the
/// request does not fit or needs no card, else the cards with too little left for it. The score is
/// <c>floor(100 · sigmoid((before − after) / 1000))</c>; its coarseness belongs to the published behaviour.
/// </remarks>
public sealed class FragmentationScore(WorkloadMix mix) : PotentialScore
{
    private readonly DemandTable demand = new(mix);

    protected override double Potential(in NodeOutlook node)
    {
        double fragmented = node.GpuMilliFree;
        foreach (var kind in demand.For(node.Model))
        {
            var (fitting, usable) = Usable(node.GpuFree, kind.MilliPerGpu);
            if (fitting >= kind.Gpus)
                fragmented -= kind.ShareWithin(node.CpuFree) * usable;
        }

        return fragmented;
    }

    protected override double Value(double before, double after) => Math.Floor(100 / (1 + Math.Exp((after - before) / 1000)));

    private static (int Cards, int Milli) Usable(ReadOnlySpan<int> free, int milli)
    {
        var (cards, sum) = (0, 0);
        foreach (var left in free)
        {
            if (left < milli)
                continue;

            cards++;
            sum += left;
        }

        return (cards, sum);
    }
}
