using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>Finds room on the few nodes that a request names: no index needed, same preferences.</summary>
internal static class NamedNodes
{
    public static Allocation? Find(PoolMap map, PlacementQuery query, Gate may)
    {
        var slots = query.Request.Nodes.Select(name => map.Find(new NodeId(name))).OfType<NodeSlot>()
            .Where(slot => NodeFit.Holds(slot, query.Request));
        return query.Request.Gpu is null
            ? BestCores(slots.Where(slot => may(slot, null, 0)), query.Request)
            : BestCards(map, slots, query, may);
    }

    private static Allocation? BestCores(IEnumerable<NodeSlot> slots, ResourceRequest request) =>
        slots.MinBy(slot => (slot.HasCards, slot.CpuFreeWithoutCards, slot.Node.Id)) is { } slot ? Allocations.OfCores(slot, request) : null;

    private static Allocation? BestCards(PoolMap map, IEnumerable<NodeSlot> slots, PlacementQuery query, Gate may)
    {
        var options = query.Options(map).ToArray();
        if (query.Request.Gpu!.Share is { } share) return BestPart([.. slots], options, share, query.Request, may);
        var fitting =
            from slot in slots
            from cards in slot.Groups
            from option in options
            where option.Kind == cards.Kind && Islands.CountFree(cards, query.Request) >= option.Count && may(slot, cards, option.Count)
            orderby option.Rank, cards.CountFree() - option.Count, option.Kind.MemoryMib, option.Kind.Model, slot.Node.Id
            select Allocations.Of(cards, option.Count, query.Request);
        return fitting.FirstOrDefault();
    }

    private static Allocation? BestPart(
        IReadOnlyList<NodeSlot> slots, IReadOnlyList<PlacementOption> options, CardShare share, ResourceRequest request, Gate may) =>
        options.GroupBy(option => option.Rank)
            .Select(rank => slots.SelectMany(slot => slot.Groups).Where(cards => rank.Any(option => option.Kind == cards.Kind)))
            .Select(groups => CardParts.BestOn(groups, share, request, may))
            .FirstOrDefault(found => found is not null);
}
