using GpuScheduler.Core.Model;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>Puts the scores of places on the wire.</summary>
internal static class ScoreMapper
{
    /// <summary>The place that was chosen, then the next best; nothing where it is not remembered.</summary>
    public static IEnumerable<Wire.PlaceScore> ToWire(PlacementChoice? choice)
    {
        if (choice is null) yield break;
        yield return ToWire(choice.Chosen, chosen: true);
        if (choice.RunnerUp is { } second) yield return ToWire(second, chosen: false);
    }

    private static Wire.PlaceScore ToWire(ScoreSheet sheet, bool chosen) => new()
    {
        Node = sheet.Node.Name,
        Model = sheet.Model,
        Chosen = chosen,
        Total = sheet.Total,
        Card = sheet.Card,
        Parts = { sheet.Lines.Select(line => new Wire.ScorePart { Name = line.Name, Points = line.Points, Weight = line.Weight }) },
    };
}
