using System.Text.Json.Nodes;

namespace GpuScheduler.Simulation.Pools;

/// <summary>Mean, middle and worst of some times, in s; all 0 where there are none.</summary>
internal sealed record Distribution(double Mean, double Median, double P99)
{
    public static Distribution Of(IEnumerable<double?> values)
    {
        double[] sorted = [.. values.OfType<double>().Order()];
        return sorted.Length == 0 ? new(0, 0, 0) : new(sorted.Average(), sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)]);
    }

    public JsonObject ToJson() => new()
    {
        ["mean"] = Math.Round(Mean, 3),
        ["median"] = Math.Round(Median, 3),
        ["p99"] = Math.Round(P99, 3),
    };
}
