using System.Globalization;

namespace GpuScheduler.Benchmarks.Output;

/// <summary>How figures are written.</summary>
internal static class Figures
{
    public static string Rate(double perSecond) => perSecond.ToString(perSecond < 100 ? "0.0" : "N0", CultureInfo.InvariantCulture);

    public static string Milliseconds(double seconds) => (seconds * 1e3).ToString("0.0", CultureInfo.InvariantCulture);

    public static string FineMilliseconds(double seconds) => (seconds * 1e3).ToString("0.00", CultureInfo.InvariantCulture);

    public static string Microseconds(double seconds) => (seconds * 1e6).ToString("0.0", CultureInfo.InvariantCulture);

    public static string Seconds(double seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The value that this share of the sample doesn't exceed.</summary>
    /// <param name="sample">Not empty; sorted in place.</param>
    /// <param name="share">0 … 1.</param>
    public static double Percentile(List<double> sample, double share)
    {
        sample.Sort();
        return sample[Math.Min(sample.Count - 1, (int)(share * sample.Count))];
    }
}
