using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>
/// Finds room for a part of a card. Cards that are given out in parts are filled first, the one with the least left that fits before
/// the others; only then is another card begun, on the node with the fewest free ones. So parts stay together, and whole cards whole.
/// </summary>
internal static class CardParts
{
    /// <summary>Among equally preferred kinds; null: no room.</summary>
    public static Allocation? BestOfRank(ReadOnlySpan<PlacementOption> options, CardShare share, ResourceRequest request, Gate may) =>
        OfBegun(options, share, request, may) ?? OfFree(options, share, request, may);

    /// <summary>On one of a few nodes; null: no room.</summary>
    public static Allocation? BestOn(IEnumerable<CardGroup> groups, CardShare share, ResourceRequest request, Gate may)
    {
        var cards =
            from cardsOfKind in groups
            where may(cardsOfKind.Slot, cardsOfKind, 1)
            from card in cardsOfKind.Cards
            where card.HasRoomBeside(share) || card.IsFree
            orderby card.IsFree, card.MilliFree, cardsOfKind.Kind.MemoryMib, cardsOfKind.Slot.Node.Id, card.Device.Uuid
            select card;
        return cards.FirstOrDefault() is { } best ? Allocations.OfPart(best, share, request) : null;
    }

    private static Allocation? OfBegun(ReadOnlySpan<PlacementOption> options, CardShare share, ResourceRequest request, Gate may)
    {
        var most = 0;
        foreach (var option in options) most = Math.Max(most, option.Kind.ByMilli.Most);
        for (var milli = share.Milli; milli <= most; milli++)
        {
            foreach (var option in options)
            {
                foreach (var card in option.Kind.ByMilli[milli])
                {
                    if (card.HasRoomBeside(share) && NodeFit.Holds(card.Group!.Slot, request) && may(card.Group.Slot, card.Group, 1))
                        return Allocations.OfPart(card, share, request);
                }
            }
        }

        return null;
    }

    private static Allocation? OfFree(ReadOnlySpan<PlacementOption> options, CardShare share, ResourceRequest request, Gate may)
    {
        var most = 0;
        foreach (var option in options) most = Math.Max(most, option.Kind.ByFree.Most);
        for (var free = 1; free <= most; free++)
        {
            foreach (var option in options)
            {
                foreach (var group in option.Kind.ByFree[free])
                {
                    if (NodeFit.Holds(group.Slot, request) && may(group.Slot, group, 1))
                        return Allocations.OfPart(group.Cards.First(card => card.IsFree), share, request);
                }
            }
        }

        return null;
    }
}
