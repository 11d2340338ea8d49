using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Gangs;

/// <summary>A node that could be one of a gang's.</summary>
/// <param name="Slot">The node.</param>
/// <param name="Cards">The kind of card it would give; null: none.</param>
/// <param name="Count">How many of them.</param>
/// <param name="Cost">The lower, the better it fits: what is preferred least, then what would be left over.</param>
internal readonly record struct Spot(NodeSlot Slot, CardGroup? Cards, int Count, long Cost)
{
    /// <summary>The card of which it would give a part; null: whole cards, whichever they are.</summary>
    public Card? PartOf { get; init; }

    private const int RankBits = 40;
    private const int LeftBits = 12;

    /// <summary>No more can be had for fragmentation, the checkpoint, temperature, power and faults together.</summary>
    private const long MostPoints = 5_000_000;

    /// <summary>Of cards that are preferred as much as others.</summary>
    /// <param name="cards">The cards.</param>
    /// <param name="option">The way to meet the request.</param>
    /// <param name="cache">Points for what the job left there.</param>
    public static Spot Of(CardGroup cards, PlacementOption option, long cache) =>
        new(
            cards.Slot, cards, option.Count,
            ((long)option.Rank << RankBits) + Spoilt(cards, option, cache) + cards.IndexedFree - option.Count);

    /// <summary>Points that it lacks for what it leaves behind and how it stands, above what would be left over.</summary>
    private static long Spoilt(CardGroup cards, PlacementOption option, long cache) =>
        Math.Max(0, MostPoints - option.Scores.OfFree(cards.IndexedFree) - cards.Points - cache) << LeftBits;

    /// <summary>Of cores: machines without cards first, then those where the job left something.</summary>
    public static Spot OfCores(NodeSlot slot, ResourceRequest request, bool wasThere) =>
        new(slot, null, 0, ((slot.HasCards ? 2L : 0L) + (wasThere ? 0L : 1L) << 32) + NodeFit.FreeCores(slot, request) - request.CpuCores);
}
