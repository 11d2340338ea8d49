namespace GpuScheduler.Core.Packing.Prices;

/// <summary>What the room left on a card is worth: the best it can still be filled with, at the mix's prices.</summary>
internal sealed class CardValues
{
    private readonly double[] waste = new double[PackingRequest.WholeGpu + 1];

    public CardValues(WorkloadMix mix)
    {
        var sizes = CardSize.Of(mix);
        var pattern = new CardPattern(sizes);
        pattern.Solve(CuttingStock.Prices(sizes));
        for (var milli = 0; milli < waste.Length; milli++)
            waste[milli] = milli - (PackingRequest.WholeGpu * pattern.ValueOf(milli));
    }

    /// <summary>Of the thousandths left on a card, how many are lost on what is expected to come.</summary>
    /// <param name="milli">0 to 1000.</param>
    public double WasteOf(int milli) => waste[milli];
}
