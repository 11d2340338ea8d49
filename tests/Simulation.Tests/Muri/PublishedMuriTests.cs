using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Muri;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Muri;

/// <summary>The Philly traces beside what was published for them.</summary>
public sealed class PublishedMuriTests
{
    /// <summary>Published with ten digits.</summary>
    private const double Relative = 1e-9;

    [TraceTheory]
    [InlineData("srtf", "SRTF")]
    [InlineData("srsf", "SRSF")]
    [InlineData("las", "Tiresias_L")]
    public void The_baselines_reproduce_every_published_row_exactly(string policy, string row)
    {
        foreach (var (trace, allAtZero) in new[] { ("trace1", false), ("trace1", true), ("trace3", false), ("trace3", true) })
        {
            var (ours, published) = (Replay(trace, policy, allAtZero), Published(trace, allAtZero, row));

            Near(published.Decimal("avg_jct_s", 0, 1e12), ours.AverageJct);
            Near(published.Decimal("makespan_s", 0, 1e12), ours.Makespan);
            Near(published.Decimal("p99_jct_s", 0, 1e12), ours.P99Jct);
        }
    }

    [TraceTheory]
    [InlineData("trace3", false)]
    [InlineData("trace3", true)]
    public void Ours_beats_least_card_seconds_first_without_a_worse_makespan(string trace, bool allAtZero)
    {
        var (ours, published) = (Replay(trace, "default", allAtZero), Published(trace, allAtZero, "SRSF"));

        Assert.InRange(ours.AverageJct, 0, published.Decimal("avg_jct_s", 0, 1e12) - 1);
        Assert.InRange(ours.Makespan, 0, published.Decimal("makespan_s", 0, 1e12) * (1 + Relative));
    }

    [TraceTheory]
    [InlineData("trace3", false)]
    [InlineData("trace3", true)]
    public void Ours_with_sharing_beats_muri_with_known_run_times_without_a_worse_makespan(string trace, bool allAtZero)
    {
        var (ours, published) = (Replay(trace, "default", allAtZero, sharing: true), Published(trace, allAtZero, "Muri_S"));

        Assert.InRange(ours.AverageJct, 0, published.Decimal("avg_jct_s", 0, 1e12) - 1);
        Assert.InRange(ours.Makespan, 0, published.Decimal("makespan_s", 0, 1e12) * (1 + Relative));
    }

    private static MuriResult Replay(string trace, string policy, bool allAtZero, bool sharing = false) => MuriFormat.Replay(new(
        Path.Combine(Traces.Muri, $"{trace}.csv.gz"),
        Path.Combine(Traces.Muri, "cluster_n8g8.csv"),
        Path.Combine(Traces.Muri, "restart_overhead_s.csv"),
        policy)
    {
        AllAtZero = allAtZero,
        Sharing = sharing,
    });

    private static CsvRow Published(string trace, bool allAtZero, string policy) => CsvTable
        .Open(Path.Combine(Traces.Muri, "published_results.csv")).Rows
        .Single(row => row.Text("trace") == trace + (allAtZero ? "_pr" : "") && row.Text("policy") == policy);

    private static void Near(double published, double ours) => Assert.InRange(ours, published * (1 - Relative), published * (1 + Relative));
}
