using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>
/// How fast a job would go on several kinds of card, compared with one another: as its family did, else as the catalog has it.
/// </summary>
internal static class KindSpeeds
{
    /// <param name="kinds">Each with how many of its cards a node gives.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="facts">What is known of the job's family; null: nothing.</param>
    public static Speed[] Of(IReadOnlyList<(CardKind Kind, int Count)> kinds, ResourceRequest request, FamilyFacts? facts) => Speeds.Of(
        facts,
        [.. kinds.Select(one => new CardsUsed(one.Kind.Key, one.Count * request.NodeCount))],
        [.. kinds.Select(one => Figure(one.Kind, request.Gpu!.Alternatives[0].Needs.Precision))]);

    /// <summary>
    /// The catalog's figure for the speed, TFLOPS. Without a word from the job on what it computes, the better of what most programs use.
    /// </summary>
    private static double? Figure(CardKind kind, Precision? precision)
    {
        var rates = kind.Traits.Facts.Rates;
        if (precision is { } said) return rates.Of(said);
        return rates.Fp16 is { } half && rates.Fp32 is { } single ? Math.Max(half, single) : rates.Fp16 ?? rates.Fp32;
    }
}
