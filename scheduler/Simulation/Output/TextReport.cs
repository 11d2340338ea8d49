using System.Globalization;
using System.Text;
using GpuScheduler.Simulation.Openb;

namespace GpuScheduler.Simulation.Output;

/// <summary>For people.</summary>
internal sealed class TextReport : IReport
{
    public string Write(OpenbResult result, TimeSpan elapsed)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"policy {result.Policy}, seed {result.Seed}: {result.Placed} placed, {result.TurnedAway} turned away, {elapsed.TotalSeconds:f2} s");
        text.Append("arrived %   allocated %   unallocated %");
        foreach (var point in OpenbResult.Points)
            text.AppendLine().Append(Line(point, result.Curve.AllocatedAt(point)));

        return text.ToString();
    }

    private static string Line(int point, double? allocated) => allocated is { } percent
        ? string.Create(CultureInfo.InvariantCulture, $"{point,9}   {percent,11:f2}   {100 - percent,13:f2}")
        : $"{point,9}   not reached";
}
