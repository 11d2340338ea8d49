using System.Globalization;
using System.Text.Json.Nodes;
using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation.Gavel;

/// <param name="Jobs">Those that count.</param>
/// <param name="AverageJct">h from arrival to completion, mean.</param>
/// <param name="Bound">h; the mean if every job had its best kind for itself from the start: no schedule does better.</param>
internal sealed record GavelResult(string Policy, int Jobs, double AverageJct, double Bound) : ISimulationResult
{
    public JsonObject ToJson(TimeSpan elapsed) => new()
    {
        ["avgJctHours"] = Math.Round(AverageJct, 6),
        ["boundHours"] = Math.Round(Bound, 6),
        ["policy"] = Policy,
        ["jobs"] = Jobs,
        ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
    };

    public string ToText(TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"policy {Policy}: {Jobs} jobs, mean JCT {AverageJct:f2} h; no schedule is below {Bound:f2} h ({elapsed.TotalSeconds:f2} s)");
}
