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

    /// <summary>No more can be had for fragmentation, temperature, power and faults together.</summary>
    private const long MostPoints = 4_000_000;

    /// <summary>Of cards that are preferred as much as others.</summary>
    public static Spot Of(CardGroup cards, PlacementOption option) =>
        new(cards.Slot, cards, option.Count, ((long)option.Rank << RankBits) + Spoilt(cards, option) + cards.IndexedFree - option.Count);

    /// <summary>Points that it lacks for what it leaves behind and how it stands, above what would be left over.</summary>
    private static long Spoilt(CardGroup cards, PlacementOption option) =>
        Math.Max(0, MostPoints - option.Scores.OfFree(cards.IndexedFree) - cards.Points) << LeftBits;

    /// <summary>Of cores: machines without cards first.</summary>
    public static Spot OfCores(NodeSlot slot, ResourceRequest request) =>
        new(slot, null, 0, ((slot.HasCards ? 1L : 0L) << 32) + NodeFit.FreeCores(slot, request) - request.CpuCores);
}
