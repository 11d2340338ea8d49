using System.Globalization;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Reports;

/// <summary>How much of each class of cards was held, over time.</summary>
internal static class UtilisationSection
{
    private static readonly Tick[] s_percent = [new(0, "0"), new(50, "50"), new(100, "100 %")];

    public static Markup Of(PoolResult result, TimeAxis axis) => Markup.Of($"""
        <section>
        <h2>In use</h2>
        <p class="note">Share of each class that was granted to jobs, as its mean over stretches of {Output.TimeText.Of(axis.Until / Bins.Count)}. Percent in use count {(DownLegend.Any(result) ? "only hours in which cards were open and healthy; what hangs from the top was closed or broken, and is not idle" : "all hours")}.</p>
        {DownLegend.Of(result)}
        <div class="panels">
        {result.Classes.Keys.Select(grade => Panel(result, grade, axis))}
        </div>
        </section>
        """);

    private static Markup Panel(PoolResult result, DeviceClass grade, TimeAxis axis)
    {
        var held = new Bins(axis.Until);
        foreach (var span in result.Spans.Where(span => span.Class == grade))
            held.Add(span.Start, span.End, span.Amount);

        var (capacity, down) = (result.Classes[grade].Capacity, DownBins.Of(result, grade, axis));
        double[] shares = [.. Enumerable.Range(0, Bins.Count).Select(bin => held[bin] / capacity)];
        var name = grade.ToString().ToLowerInvariant();
        return Markup.Of($"""
            <figure>
            <figcaption><b>{name}</b> {Write($"{capacity:N0} {(grade == DeviceClass.Cpu ? "core" : "card")}{(capacity == 1 ? "" : "s")}, {result.InUsePercent(grade):0.0} % in use")}</figcaption>
            {Plot.Of($"Share of {name} in use over time", Markup.Of($"""
            {down.Select(kind => kind.Hanging)}
            {Plot.Area("area u", new double[Bins.Count], shares)}
            {Plot.Line("line u", shares)}
            {Plot.Hints(
                Bins.Count, bin =>
                    Write($"{axis.Label(bin * held.Width, (bin + 1) * held.Width)}: {100 * shares[bin]:0} % of {name} in use{string.Concat(down.Select(kind => kind.Words(bin)))}"))}
            """), axis.Ticks(), s_percent)}
            </figure>
            """);
    }

    private static string Write(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
