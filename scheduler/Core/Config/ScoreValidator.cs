using System.Globalization;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Config;

/// <summary>Checks <c>scores</c>.</summary>
internal static class ScoreValidator
{
    public static IEnumerable<Fault> Validate(ScoreConfig scores) => new[]
    {
        Between(scores.TierPreference, Limits.TierPoints, "tierPreference"),
        Between(scores.FinishTime, Limits.ScorePoints, "finishTime"),
        Between(scores.Fragmentation, Limits.ScorePoints, "fragmentation"),
        Between(scores.Cache, Limits.ScorePoints, "cache"),
        Between(scores.Thermal, Limits.ScorePoints, "thermal"),
        Between(scores.Power, Limits.ScorePoints, "power"),
        Between(scores.Faults, Limits.ScorePoints, "faults"),
        Between(scores.Energy, Limits.ScorePoints, "energy"),
        Between(scores.Cost, Limits.ScorePoints, "cost"),
    }.OfType<Fault>();

    private static Fault? Between(int value, int most, string name) =>
        value >= 0 && value <= most ? null : new Fault($"scores.{name}", value.ToString(CultureInfo.InvariantCulture), $"0 … {most}");
}
