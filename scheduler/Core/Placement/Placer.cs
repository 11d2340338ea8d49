using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement.Gangs;

namespace GpuScheduler.Core.Placement;

/// <summary>Finds room. Filters first; then the best class, the least fragmentation, the smallest card that does, the name.</summary>
internal static class Placer
{
    /// <summary>Where a job goes, or null when there is no room now.</summary>
    /// <param name="map">The pool.</param>
    /// <param name="query">What it needs and may use.</param>
    /// <param name="avoid">A node used only when nothing else fits; null: none.</param>
    /// <param name="gate">What is kept for others; null: nothing.</param>
    public static Allocation? Find(PoolMap map, PlacementQuery query, NodeId? avoid, Gate? gate = null)
    {
        var may = gate ?? Everywhere;
        if (query.Request.IsGang) return FindGang(map, query, avoid, may);
        return avoid is { } bad
            ? Find(map, query, (slot, cards, count) => slot.Node.Id != bad && may(slot, cards, count))
                ?? Find(map, query, (slot, cards, count) => slot.Node.Id == bad && may(slot, cards, count))
            : Find(map, query, may);
    }

    private static readonly Gate Everywhere = (_, _, _) => true;

    private static Allocation? FindGang(PoolMap map, PlacementQuery query, NodeId? avoid, Gate may) =>
        (avoid is { } bad ? GangPlacer.Find(map, query, (slot, cards, count) => slot.Node.Id != bad && may(slot, cards, count)) : null)
        ?? GangPlacer.Find(map, query, may);

    private static Allocation? Find(PoolMap map, PlacementQuery query, Gate may)
    {
        if (query.Request.Nodes.Count > 0) return NamedNodes.Find(map, query, may);
        return query.Request.Gpu is null ? FindCores(map, query.Request, may) : FindCards(map, query, may);
    }

    private static Allocation? FindCards(PoolMap map, PlacementQuery query, Gate may)
    {
        var options = query.Options(map);
        for (var from = 0; from < options.Length;)
        {
            var to = from + 1;
            while (to < options.Length && options[to].Rank == options[from].Rank) to++;
            var found = query.Request.Gpu!.Share is { } share
                ? CardParts.BestOfRank(options[from..to], share, query.Request, may)
                : BestOfRank(options[from..to], query.Request, may);
            if (found is not null) return found;
            from = to;
        }

        return null;
    }

    /// <summary>Among equally preferred kinds: the fewest cards left over, then the least memory, then the name.</summary>
    private static Allocation? BestOfRank(ReadOnlySpan<PlacementOption> options, ResourceRequest request, Gate may)
    {
        var mostLeft = -1;
        foreach (var option in options) mostLeft = Math.Max(mostLeft, option.Kind.ByFree.Most - option.Count);
        for (var left = 0; left <= mostLeft; left++)
        {
            foreach (var option in options)
            {
                foreach (var group in option.Kind.ByFree[left + option.Count])
                {
                    if (NodeFit.Holds(group.Slot, request) && NodeFit.HoldsTogether(group, option.Count, request) && may(group.Slot, group, option.Count))
                        return Allocations.Of(group, option.Count, request);
                }
            }
        }

        return null;
    }

    /// <summary>Machines without cards first, then spare cores of those with; the fewest cores left over.</summary>
    private static Allocation? FindCores(PoolMap map, ResourceRequest request, Gate may) =>
        FindCores(map.CpuNodes, request, may) ?? FindCores(map.CardNodes, request, may);

    private static Allocation? FindCores(FreeIndex<NodeSlot> nodes, ResourceRequest request, Gate may)
    {
        for (var cores = request.CpuCores; cores <= nodes.Most; cores++)
        {
            foreach (var slot in nodes[cores])
            {
                if (NodeFit.Holds(slot, request) && may(slot, null, 0)) return Allocations.OfCores(slot, request);
            }
        }

        return null;
    }
}
