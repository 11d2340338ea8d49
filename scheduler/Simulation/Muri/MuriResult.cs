using System.Globalization;
using System.Text.Json.Nodes;
using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation.Muri;

/// <param name="AverageJct">s from submission to completion, mean.</param>
/// <param name="P99Jct">s; 99 % of the jobs take no longer.</param>
/// <param name="Makespan">s from time zero to the last completion.</param>
internal sealed record MuriResult(string Policy, int Jobs, double AverageJct, double P99Jct, double Makespan) : ISimulationResult
{
    private const int Digits = 6;

    public static MuriResult Of(string policy, IReadOnlyList<double> completionTimes, double end)
    {
        var sorted = completionTimes.Order().ToList();
        return new(policy, sorted.Count, completionTimes.Sum() / sorted.Count, sorted[(int)(sorted.Count * 0.99)], end);
    }

    public JsonObject ToJson(TimeSpan elapsed) => new()
    {
        ["avgJctSeconds"] = Math.Round(AverageJct, Digits),
        ["p99JctSeconds"] = Math.Round(P99Jct, Digits),
        ["makespanSeconds"] = Math.Round(Makespan, Digits),
        ["policy"] = Policy,
        ["jobs"] = Jobs,
        ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
    };

    public string ToText(TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"policy {Policy}: {Jobs} jobs, mean JCT {AverageJct:f1} s, 99th percentile {P99Jct:f1} s, makespan {Makespan:f1} s "
            + $"({elapsed.TotalSeconds:f2} s)");
}
