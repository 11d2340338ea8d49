using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation.Openb;

/// <param name="Placed">Pods that found room.</param>
/// <param name="TurnedAway">Pods that found none.</param>
internal sealed record OpenbResult(string Policy, int Seed, AllocationCurve Curve, int Placed, int TurnedAway) : ISimulationResult
{
    /// <summary>Where published results are quoted, in percent of all cards asked for so far.</summary>
    public static IReadOnlyList<int> Points { get; } = [95, 100, 130];

    public JsonObject ToJson(TimeSpan elapsed) => new()
    {
        ["allocatedPercentAt"] = At(allocated => allocated),
        ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
        ["unallocatedPercentAt"] = At(allocated => 100 - allocated),
        ["policy"] = Policy,
        ["seed"] = Seed,
        ["placed"] = Placed,
        ["turnedAway"] = TurnedAway,
    };

    public string ToText(TimeSpan elapsed)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"policy {Policy}, seed {Seed}: {Placed} placed, {TurnedAway} turned away, {elapsed.TotalSeconds:f2} s");
        text.Append("arrived %   allocated %   unallocated %");
        foreach (var point in Points)
            text.AppendLine().Append(Line(point, Curve.AllocatedAt(point)));

        return text.ToString();
    }

    private static string Line(int point, double? allocated) => allocated is { } percent
        ? string.Create(CultureInfo.InvariantCulture, $"{point,9}   {percent,11:f2}   {100 - percent,13:f2}")
        : $"{point,9}   not reached";

    private JsonObject At(Func<double, double> value) => new(Points.Select(point =>
        KeyValuePair.Create<string,
        JsonNode?>($"{point}", Curve.AllocatedAt(point) is { } allocated ? Math.Round(value(allocated), 4) : null)));
}
