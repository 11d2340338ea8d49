using System.Globalization;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Reports;

/// <summary>Which share of each tier's jobs was done, or had begun, within which time.</summary>
internal static class DistributionSection
{
    private const int Points = 120;

    private static readonly Tick[] s_percent = [new(0, "0"), new(50, "50"), new(100, "100 %")];

    private static readonly (double Seconds, string Label)[] s_marks =
        [(1, "1s"), (10, "10s"), (60, "1m"), (600, "10m"), (3600, "1h"), (36_000, "10h"), (86_400, "1d"), (864_000, "10d"),
            (8_640_000, "100d")];

    public static Markup Of(PoolResult result, TierColors tiers) => Markup.Of($"""
        <section>
        <h2>How long it took</h2>
        <p class="note">Share of a tier's jobs within a time; further left is better. The scale of time is logarithmic.</p>
        {tiers.Legend()}
        <div class="panels">
        {Panel("submission to end", result, tiers, job => job.Jct)}
        {Panel("wait for the start", result, tiers, job => job.Wait)}
        </div>
        </section>
        """);

    private static Markup Panel(string name, PoolResult result, TierColors tiers, Func<JobRecord, double?> value)
    {
        var times = tiers.Tiers.ToDictionary(tier => tier, tier => Sorted(result.Jobs.Where(job => job.Tier == tier).Select(value)));
        var longest = Math.Max(10, times.Values.Select(sorted => sorted.Length == 0 ? 0 : sorted[^1]).DefaultIfEmpty(0).Max());
        double At(int point) => Math.Pow(longest, (point + 1.0) / Points);
        var lines = tiers.Tiers.Select(
            tier =>
                Plot.Line($"line {tiers.StyleOf(tier)}", [.. Enumerable.Range(0, Points).Select(point => Within(times[tier], At(point)))]));
        var marks = s_marks.Where(mark => mark.Seconds <= longest).Select(
            mark => new Tick(100 * Math.Log(mark.Seconds) / Math.Log(longest), mark.Label));
        return Markup.Of($"""
            <figure>
            <figcaption><b>{name}</b></figcaption>
            {Plot.Of($"Share of jobs by {name}", Markup.Of($"{lines}{Plot.Hints(Points, point => Hint(times, At(point)))}"), Spread(marks), s_percent)}
            </figure>
            """);
    }

    private static double[] Sorted(IEnumerable<double?> values) => [.. values.OfType<double>().Order()];

    /// <summary>Share of all that ended, or began, that needed no longer.</summary>
    private static double Within(double[] sorted, double time)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] <= time ? (middle + 1, high) : (low, middle);
        }

        return sorted.Length == 0 ? 0 : (double)low / sorted.Length;
    }

    private static string Hint(Dictionary<string, double[]> times, double at) => $"within {Output.TimeText.Of(at)}: " +
        string.Join(
            ", ",
            times.Where(tier => tier.Value.Length > 0).Select(
                tier => string.Create(CultureInfo.InvariantCulture, $"{tier.Key} {100 * Within(tier.Value, at):0} %")));

    /// <summary>Labels that would touch their neighbour are left out.</summary>
    private static IEnumerable<Tick> Spread(IEnumerable<Tick> marks)
    {
        var last = double.NegativeInfinity;
        foreach (var mark in marks.Where(mark => mark.Percent - last >= 8 && mark.Percent < 97))
        {
            last = mark.Percent;
            yield return mark;
        }
    }
}
