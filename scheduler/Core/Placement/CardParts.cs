using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>
/// Finds room for a part of a card. Cards that are given out in parts are filled first; only then is another card begun. So parts stay
/// together, and whole cards whole. Within each of the two the scores decide; of equals, the card with the least left, and the node with
/// the fewest free ones.
/// </summary>
internal static class CardParts
{
    /// <summary>The job's own order, then the tier's order of classes; null: no room.</summary>
    public static Allocation? Find(PoolMap map, PlacementQuery query, CardShare share, Gate may)
    {
        query.Choice = null;
        var options = query.Options(map).ToArray();
        foreach (var alike in options.GroupBy(option => (option.Place, option.ClassRank)).OrderBy(alike => alike.Key))
        {
            var best = query.Request.Nodes.Count > 0
                ? OnNamed(NamedNodes.Of(map, query.Request), [.. alike], share, query, may)
                : Begun([.. alike], share, query, may) ?? Another([.. alike], query, may);
            if (best is not null) return Allocations.OfPart(best, share, query.Request);
        }

        return null;
    }

    private static Card? OnNamed(IEnumerable<NodeSlot> slots, PlacementOption[] options, CardShare share, PlacementQuery query, Gate may)
    {
        var cards =
            from slot in slots
            where NodeFit.Holds(slot, query.Request)
            from cardsOfKind in slot.Groups
            from option in options
            where option.Kind == cardsOfKind.Kind
            from card in cardsOfKind.Cards
            where (card.HasRoomBeside(share) || (card.IsFree && cardsOfKind.CountGrantable() > 0)) && may(slot, cardsOfKind, 1, card)
            orderby card.IsFree,
                -(option.Scores.Kind + option.Scores.OfMilli(card.IsFree ? DeviceShare.Whole : card.MilliFree) + cardsOfKind.Points),
                card.MilliFree, cardsOfKind.Kind.MemoryMib, slot.Node.Id, card.Device.Uuid
            select card;
        return cards.FirstOrDefault();
    }

    /// <summary>Cards with as much left are alike: the first that fits stands for all of them.</summary>
    private static Card? Begun(PlacementOption[] options, CardShare share, PlacementQuery query, Gate may)
    {
        (Card? Card, long Points, int Milli) best = (null, 0, 0);
        foreach (var option in options)
        {
            for (var milli = option.Kind.ByMilli.NextUsed(share.Milli); milli >= 0; milli = option.Kind.ByMilli.NextUsed(milli + 1))
            {
                var points = option.Scores.Kind + option.Scores.OfMilli(milli);
                if (best.Card is not null && (points, -milli).CompareTo((best.Points, -best.Milli)) <= 0) continue;
                var fitting = option.Kind.ByMilli[milli].Find(card =>
                    card.HasRoomBeside(share) && NodeFit.Holds(card.Group!.Slot, query.Request)
                    && may(card.Group.Slot, card.Group, 1, card));
                if (fitting is not null) best = (fitting, points, milli);
            }
        }

        return best.Card;
    }

    private static Card? Another(PlacementOption[] options, PlacementQuery query, Gate may)
    {
        (CardGroup? Group, long Points, int Free) best = (null, 0, 0);
        foreach (var option in options)
        {
            for (var free = option.Kind.ByFree.NextUsed(1); free >= 0; free = option.Kind.ByFree.NextUsed(free + 1))
            {
                var fitting = option.Kind.ByFree[free].Find(group =>
                    NodeFit.Holds(group.Slot, query.Request) && may(group.Slot, group, 1, Allocations.ToBegin(group, query.Asker.Job)));
                if (fitting is null) continue;
                var points = option.Scores.Kind + option.Scores.OfMilli(DeviceShare.Whole) + fitting.Points;
                if (best.Group is null || (points, -free).CompareTo((best.Points, -best.Free)) > 0) best = (fitting, points, free);
            }
        }

        return best.Group is { } chosen ? Allocations.ToBegin(chosen, query.Asker.Job) : null;
    }
}
