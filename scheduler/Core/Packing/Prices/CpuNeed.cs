namespace GpuScheduler.Core.Packing.Prices;

/// <summary>How much CPU comes with a card.</summary>
internal static class CpuNeed
{
    /// <summary>Thousandths of a core for each card that the mix asks for, over all requests for cards; 0 when none asks for CPU.</summary>
    public static double PerCard(WorkloadMix mix)
    {
        var asking = mix.Entries.Where(entry => entry.Request.Gpus > 0).ToList();
        var cards = asking.Sum(entry => entry.Share * entry.Request.GpuMilli) / PackingRequest.WholeGpu;
        return cards > 0 ? asking.Sum(entry => entry.Share * entry.Request.CpuMilli) / cards : 0;
    }
}
