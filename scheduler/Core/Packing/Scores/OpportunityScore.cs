using GpuScheduler.Core.Packing.Prices;

namespace GpuScheduler.Core.Packing.Scores;

/// <summary>Our own: places where it costs least of what could still be done with the node.</summary>
/// <remarks>
/// A node's potential is the sum of three losses, all in thousandths of a card and without weights to tune:
/// <list type="bullet">
/// <item>gaps: what is left on each card, less what it is worth at the mix's cutting-stock prices (<see cref="CardValues"/>);</item>
/// <item>starved cards: room on cards beyond what the node's CPU can feed at the mix's mean need (<see cref="CpuNeed"/>);</item>
/// <item>claims: room on cards of a model counts as kept, by as much of it as requests that name the model will ask for
/// (<see cref="ModelClaims"/>), so that work which may run anywhere goes elsewhere first.</item>
/// </list>
/// It knows the mix of requests, as FGD does, and nothing of their order or number.
/// </remarks>
public sealed class OpportunityScore(WorkloadMix mix, PackingCluster cluster) : PotentialScore
{
    /// <summary>Thousandths of a card: smaller differences are within the error of prices and means, and the name decides.</summary>
    private const double Resolution = 10;

    private readonly CardValues values = new(mix);
    private readonly ModelClaims claims = new(mix, cluster);
    private readonly double cpuPerCard = CpuNeed.PerCard(mix);

    protected override double Potential(in NodeOutlook node) =>
        Gaps(node.GpuFree) + Starved(node) - (claims.On(node.Model) * node.GpuMilliFree);

    protected override double Value(double before, double after) => Math.Round((before - after) / Resolution);

    private double Gaps(ReadOnlySpan<int> free)
    {
        var waste = 0.0;
        foreach (var milli in free)
            waste += values.WasteOf(milli);

        return waste;
    }

    private double Starved(in NodeOutlook node) =>
        cpuPerCard > 0 ? Math.Max(0, node.GpuMilliFree - (PackingRequest.WholeGpu * node.CpuFree / cpuPerCard)) : 0;
}
