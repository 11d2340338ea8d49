using System.Text.Json;
using System.Text.Json.Nodes;
using GpuScheduler.Simulation.Openb;

namespace GpuScheduler.Simulation.Output;

/// <summary>One object on one line. Fields are only ever added; null is a point that the arrivals did not reach.</summary>
internal sealed class JsonReport : IReport
{
    public string Write(OpenbResult result, TimeSpan elapsed) => new JsonObject
    {
        ["allocatedPercentAt"] = At(result, allocated => allocated),
        ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
        ["unallocatedPercentAt"] = At(result, allocated => 100 - allocated),
        ["policy"] = result.Policy,
        ["seed"] = result.Seed,
        ["placed"] = result.Placed,
        ["turnedAway"] = result.TurnedAway,
    }.ToJsonString(JsonSerializerOptions.Default);

    private static JsonObject At(OpenbResult result, Func<double, double> value) => new(OpenbResult.Points.Select(point =>
        KeyValuePair.Create<string, JsonNode?>($"{point}", result.Curve.AllocatedAt(point) is { } allocated ? Math.Round(value(allocated), 4) : null)));
}
