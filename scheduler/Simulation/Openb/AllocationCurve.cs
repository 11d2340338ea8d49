namespace GpuScheduler.Simulation.Openb;

/// <summary>How much of the cards is allocated at each whole percent of them that was asked for: the mean over the arrivals
/// that round to that percent, as published.</summary>
/// <param name="capacity">Thousandths of a card; a cluster without cards has no curve.</param>
internal sealed class AllocationCurve(long capacity)
{
    private readonly Dictionary<int, (double Sum, int Count)> bins = [];

    public void Add(long arrived, long allocated)
    {
        if (capacity == 0)
            return;

        var percent = (int)Math.Round(100.0 * arrived / capacity, MidpointRounding.AwayFromZero);
        var (sum, count) = bins.GetValueOrDefault(percent);
        bins[percent] = (sum + (100.0 * allocated / capacity), count + 1);
    }

    /// <summary>Percent of all cards; null where no arrival rounds to that point.</summary>
    public double? AllocatedAt(int percent) => bins.TryGetValue(percent, out var bin) ? bin.Sum / bin.Count : null;
}
