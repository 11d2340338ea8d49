namespace GpuScheduler.Core.Packing.Prices;

/// <summary>An amount of one card that requests ask for.</summary>
/// <param name="Milli">1 to 1000.</param>
/// <param name="PerCard">How many such pieces come for each card of the cluster by the time that all demand together equals
/// all cards together.</param>
internal sealed record CardSize(int Milli, double PerCard)
{
    public double Cards => (double)Milli / PackingRequest.WholeGpu;

    /// <summary>Largest first. A request for several cards counts once for each.</summary>
    public static IReadOnlyList<CardSize> Of(WorkloadMix mix)
    {
        var demand = mix.Entries.Sum(entry => entry.Share * entry.Request.GpuMilli) / PackingRequest.WholeGpu;
        return
        [
            .. mix.Entries
                .Where(entry => entry.Request.Gpus > 0)
                .GroupBy(entry => entry.Request.MilliPerGpu)
                .OrderByDescending(group => group.Key)
                .Select(group => new CardSize(group.Key, group.Sum(entry => entry.Share * entry.Request.Gpus) / demand)),
        ];
    }
}
