using System.Globalization;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Reports;

/// <summary>How many jobs waited, over time, by tier.</summary>
internal static class QueueSection
{
    public static Markup Of(PoolResult result, TimeAxis axis, TierColors tiers)
    {
        var waiting = Lengths(result, axis);
        double[] total = [.. Enumerable.Range(0, Bins.Count).Select(bin => waiting.Values.Sum(tier => tier[bin]))];
        var top = Round(total.Max());
        return Markup.Of($"""
            <section>
            <h2>Waiting</h2>
            <p class="note">Jobs in the queue, those that were stopped and wait again included; one tier on top of the other.</p>
            {tiers.Legend()}
            <figure>
            {Plot.Of("Jobs in the queue over time, by tier", Markup.Of($"{Layers(waiting, tiers, top)}{Plot.Hints(Bins.Count, bin => Hint(waiting, tiers, bin, axis))}"), axis.Ticks(), Levels(top))}
            </figure>
            </section>
            """);
    }

    private static Dictionary<string, Bins> Lengths(PoolResult result, TimeAxis axis)
    {
        var since = new Dictionary<JobRecord, double>(ReferenceEqualityComparer.Instance);
        var waiting = new Dictionary<string, Bins>(StringComparer.Ordinal);
        foreach (var step in result.Queue)
        {
            if (step.Change > 0)
                since[step.Job] = step.Time;
            else if (since.Remove(step.Job, out var from))
                Of(waiting, step.Job.Tier, axis).Add(from, step.Time, 1);
        }

        foreach (var (job, from) in since)
            Of(waiting, job.Tier, axis).Add(from, axis.Until, 1);

        return waiting;
    }

    private static Bins Of(Dictionary<string, Bins> waiting, string tier, TimeAxis axis)
    {
        if (!waiting.TryGetValue(tier, out var bins))
            waiting.Add(tier, bins = new(axis.Until));

        return bins;
    }

    private static IEnumerable<Markup> Layers(Dictionary<string, Bins> waiting, TierColors tiers, double top)
    {
        var below = new double[Bins.Count];
        foreach (var tier in tiers.Tiers.Where(waiting.ContainsKey))
        {
            double[] above = [.. below.Select((value, bin) => value + (waiting[tier][bin] / top))];
            yield return Plot.Area($"layer {tiers.StyleOf(tier)}", below, above);
            below = above;
        }
    }

    private static string Hint(Dictionary<string, Bins> waiting, TierColors tiers, int bin, TimeAxis axis)
    {
        var width = axis.Until / Bins.Count;
        var parts = tiers.Tiers.Where(waiting.ContainsKey).Select(
            tier => string.Create(CultureInfo.InvariantCulture, $"{tier} {waiting[tier][bin]:0.#}"));
        return $"{axis.Label(bin * width, (bin + 1) * width)}: {string.Join(", ", parts)}";
    }

    private static Tick[] Levels(double top) => [new(0, "0"), new(50, Write(top / 2)), new(100, Write(top))];

    private static string Write(double value) => value.ToString(value < 10 ? "0.#" : "N0", CultureInfo.InvariantCulture);

    /// <summary>The next of 1, 2, 5, 10, 20 …</summary>
    private static double Round(double most)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, most))));
        return ((double[])[1, 2, 5, 10]).Select(step => step * power).First(step => step >= Math.Max(1, most));
    }
}
