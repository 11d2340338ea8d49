using GpuScheduler.Simulation.Openb;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Openb;

/// <summary>The public trace at seed 42 beside what was published for it; docs/results.md has all lists and seeds.</summary>
public sealed class PublishedTests
{
    private const int Seed = 42;

    [TraceTheory]
    [InlineData("bestfit", "05-BestFit", 0.3)]
    [InlineData("fgd", "06-FGD", 0.3)]
    // Published with another generator's numbers, so that only the level can agree.
    [InlineData("random", "01-Random", 0.6)]
    public void The_baselines_reproduce_their_published_figures(string policy, string row, double tolerance)
    {
        var result = Replay("default", policy);

        Assert.All(OpenbResult.Points, point =>
            Assert.Equal(Published("default", row, point), result.Curve.AllocatedAt(point)!.Value, tolerance));
    }

    [TraceTheory]
    [InlineData("default")]
    [InlineData("gpushare100")]
    [InlineData("gpuspec33")]
    public void Ours_leaves_a_tenth_less_unallocated_than_published_for_fgd(string list)
    {
        var result = Replay(list, "default");

        Assert.All((int[])[100, 130], point =>
            Assert.InRange(100 - result.Curve.AllocatedAt(point)!.Value, 0, 0.9 * (100 - Published(list, "06-FGD", point))));
    }

    private static OpenbResult Replay(string list, string policy) => OpenbFormat.Replay(new(
        Path.Combine(Traces.Openb, "openb_node_list_gpu_node.csv"),
        Path.Combine(Traces.Openb, $"openb_pod_list_{list}.csv.gz"),
        Path.Combine(Traces.Openb, $"arrival_order_{list}_seeds42-46.csv.gz"),
        Seed,
        policy));

    private static double Published(string list, string policy, int point) =>
        double.Parse(
            PublishedCurves.Row($"openb_pod_list_{list}", policy, Seed).Text($"{point}"),
            System.Globalization.CultureInfo.InvariantCulture);
}
