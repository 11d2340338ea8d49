using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>Which ways of meeting a request a job likes best: its own order of alternatives, then the tier's order of classes, then,
/// where it says what it computes, the faster cards.</summary>
internal static class Preference
{
    /// <summary>Ranks of weakness: each stands for half the speed. The last is for cards whose speed nobody knows.</summary>
    private const int Weaknesses = 8;

    /// <summary>Place of each alternative: 0 comes first, equal ones compete. Without brackets all compete.</summary>
    public static int[] PlacesOf(GpuRequest gpu)
    {
        if (!gpu.Ordered) return new int[gpu.Alternatives.Count];
        var weights = gpu.Alternatives.Select(one => one.Weight ?? 0).Distinct().OrderDescending().ToList();
        return [.. gpu.Alternatives.Select((one, i) => one.Weight is { } weight ? weights.IndexOf(weight) : i)];
    }

    /// <summary>One number for all three: lower is preferred.</summary>
    public static int RankOf(int place, int classes, int classRank, int weakness) => (((place * classes) + classRank) * Weaknesses) + weakness;

    /// <summary>How far a card is behind the fastest one that fits.</summary>
    /// <param name="tflops">Its speed; null: unknown.</param>
    /// <param name="fastest">The fastest one's; 0: unknown.</param>
    public static int WeaknessOf(double? tflops, double fastest)
    {
        if (tflops is not > 0) return Weaknesses - 1;
        return Math.Clamp((int)Math.Floor(Math.Log2(fastest / tflops.Value)), 0, Weaknesses - 2);
    }
}
