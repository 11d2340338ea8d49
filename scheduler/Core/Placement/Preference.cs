using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>A job's own order of the ways to meet its request. It stands above all scores.</summary>
internal static class Preference
{
    /// <summary>Place of each alternative: 0 comes first, equal ones compete. Without brackets all compete.</summary>
    public static int[] PlacesOf(GpuRequest gpu)
    {
        if (!gpu.Ordered) return new int[gpu.Alternatives.Count];
        var weights = gpu.Alternatives.Select(one => one.Weight ?? 0).Distinct().OrderDescending().ToList();
        return [.. gpu.Alternatives.Select((one, i) => one.Weight is { } weight ? weights.IndexOf(weight) : i)];
    }
}
