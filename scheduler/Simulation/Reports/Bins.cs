namespace GpuScheduler.Simulation.Reports;

/// <summary>An amount over time, as its mean in each of equal stretches: however long a replay was, a chart has as many points.</summary>
internal sealed class Bins
{
    /// <summary>Stretches of a chart.</summary>
    public const int Count = 200;

    private readonly double[] sums = new double[Count];

    /// <param name="until">s; the end of the last stretch.</param>
    public Bins(double until) => Width = Math.Max(until, 0.001) / Count;

    /// <summary>s of a stretch.</summary>
    public double Width { get; }

    /// <summary>Mean amount in a stretch.</summary>
    public double this[int index] => sums[index] / Width;

    public double Most => sums.Max() / Width;

    /// <summary>There was that much more from one moment to another.</summary>
    public void Add(double from, double to, double amount)
    {
        var (first, last) = (Math.Clamp((int)(from / Width), 0, Count - 1), Math.Clamp((int)(to / Width), 0, Count - 1));
        for (var bin = first; bin <= last; bin++)
            sums[bin] += amount * Math.Max(0, Math.Min(to, (bin + 1) * Width) - Math.Max(from, bin * Width));
    }
}
