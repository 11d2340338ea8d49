using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Shockwave;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Shockwave;

/// <summary>120 jobs on 32 cards, beside what was published.</summary>
public sealed class PublishedShockwaveTests
{
    [TraceTheory]
    // Within so many percent of the published makespan, and of the published mean.
    [InlineData("gandiva-fair", "gandiva_fair", 1.5, 2)]
    [InlineData("max-min", "max_min_fairness", 1, 1)]
    [InlineData("allox", "allox", 2, 1)]
    [InlineData("finish-time-fair", "finish_time_fairness", 2, 1)]
    [InlineData("min-makespan", "min_total_duration", 1, 7)]
    [InlineData("max-throughput", "max_sum_throughput_perf", 4, 6)]
    public void Baselines_reproduce_the_published_rows(string policy, string row, double makespan, double mean)
    {
        var (ours, published) = (Replay(policy, known: false), Published(row));

        Assert.Equal(0, 100 * Math.Abs((ours.Makespan / published.Decimal("makespan_s", 0, 1e9)) - 1), makespan);
        Assert.Equal(0, 100 * Math.Abs((ours.AverageJct / published.Decimal("avg_jct_s", 0, 1e9)) - 1), mean);
    }

    [TraceTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ours_is_at_once_better_than_shockwave_in_all(bool known)
    {
        var (ours, published) = (Replay("default", known), Published("shockwave"));

        Assert.InRange(ours.Makespan, ours.Bound, published.Decimal("makespan_s", 0, 1e9));
        Assert.InRange(ours.AverageJct, 1, published.Decimal("avg_jct_s", 0, 1e9));
        Assert.InRange(ours.WorstRho, 0.1, published.Decimal("worst_ftf", 0, 100));
        Assert.InRange(ours.UnfairPercent, 0, published.Decimal("unfair_pct", 0, 100));
    }

    private static CsvRow Published(string policy) =>
        CsvTable.Open(In("published_32gpu_120_jobs.csv")).Rows.Single(row => row.Text("policy") == policy);

    private static ShockwaveResult Replay(string policy, bool known) =>
        ShockwaveFormat.Replay(
            new(In("dynamic_120_jobs.csv"), In("tacc_throughputs.json.gz"), 32, policy) { DurationsKnown = known }, new NoProgress());

    private static string In(string file) => Path.Combine(Traces.Shockwave, file);
}
