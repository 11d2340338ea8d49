using System.Globalization;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Reports;

/// <summary>The figures that people look for first.</summary>
internal static class SummarySection
{
    public static Markup Of(PoolResult result)
    {
        var (jct, wait) = (Distribution.Of(result.Jobs.Select(job => job.Jct)), Distribution.Of(result.Jobs.Select(job => job.Wait)));
        var failed = result.Submitted - result.Completed - result.Unfinished;
        return Markup.Of($"""
            <section class="tiles" aria-label="Summary">
            {Tile("completed", Write($"{result.Completed:N0}"), Write($"{failed:N0} failed, {result.Unfinished:N0} never ended"))}
            {Tile("submission to end", TimeText.Of(jct.Mean), $"median {TimeText.Of(jct.Median)}, 99 % within {TimeText.Of(jct.P99)}")}
            {Tile("wait for the start", TimeText.Of(wait.Mean), $"median {TimeText.Of(wait.Median)}, 99 % within {TimeText.Of(wait.P99)}")}
            {Tile("until all had ended", TimeText.Of(result.Makespan), $"last job came at {TimeText.Of(result.LastSubmit)}")}
            {Tile("cards unallocated", Write($"{result.Measures.UnallocatedPercent:0.0} %"), Write($"{result.Measures.FragmentedPercent:0.0} % too scattered for the work"))}
            {Tile("work lost", Write($"{result.Measures.LostCardSeconds / 3600:N1} h"), Write($"of cards; {result.Measures.RestartCardSeconds / 3600:N1} h of restarts"))}
            {Tile("worst unfairness", Write($"{result.Measures.Fairness.Worst:0.0}"), Write($"times an equal share's time; {result.Measures.Fairness.UnfairPercent:0} % of jobs above 1.05"))}
            {Tile("energy", Write($"{result.Bill.EnergyKwh:N0} kWh"), Write($"cards cost {result.Bill.CardsUsd:N0} USD over that time"))}
            </section>
            """);
    }

    private static Markup Tile(string name, string value, string more) =>
        Markup.Of(
            $"<div class=\"tile\"><span class=\"name\">{name}</span><span class=\"value\">{value}</span><span "
                + $"class=\"more\">{more}</span></div>");

    private static string Write(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
