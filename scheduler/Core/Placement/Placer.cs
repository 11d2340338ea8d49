using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement.Gangs;
using GpuScheduler.Core.Placement.Scores;

namespace GpuScheduler.Core.Placement;

/// <summary>Finds room: filters first, then scores.</summary>
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
            ? Find(map, query, (slot, cards, count, part) => slot.Node.Id != bad && may(slot, cards, count, part))
                ?? Find(map, query, (slot, cards, count, part) => slot.Node.Id == bad && may(slot, cards, count, part))
            : Find(map, query, may);
    }

    private static readonly Gate Everywhere = (_, _, _, _) => true;

    private static Allocation? FindGang(PoolMap map, PlacementQuery query, NodeId? avoid, Gate may) =>
        (avoid is { } bad
            ? GangPlacer.Find(map, query, (slot, cards, count, part) => slot.Node.Id != bad && may(slot, cards, count, part))
            : null)
        ?? GangPlacer.Find(map, query, may);

    private static Allocation? Find(PoolMap map, PlacementQuery query, Gate may) => query.Request.Gpu switch
    {
        null => query.Request.Nodes.Count > 0 ? NamedNodes.FindCores(map, query.Request, may) : FindCores(map, query, may),
        { Share: { } share } => CardParts.Find(map, query, share, may),
        _ => CardSearch.Find(map, query, may),
    };

    /// <summary>
    /// Machines without cards first, then spare cores of those with; of each where its checkpoint is, else the fewest cores left over.
    /// </summary>
    private static Allocation? FindCores(PoolMap map, PlacementQuery query, Gate may) =>
        FindLast(map, query, false, may) ?? FindCores(map.CpuNodes, query.Request, may) ?? FindLast(map, query, true, may)
            ?? FindCores(map.CardNodes, query.Request, may);

    private static Allocation? FindLast(PoolMap map, PlacementQuery query, bool hasCards, Gate may)
    {
        for (var i = 0; i < query.Asker.Last.Count; i++)
        {
            if (map.Find(query.Asker.Last[i].Node) is not { } slot || slot.HasCards != hasCards) continue;
            if (query.Asker.PointsOn(slot, map.Scores) == 0) continue;
            if (NodeFit.Holds(slot, query.Request) && may(slot, null, 0, null)) return Allocations.OfCores(slot, query.Request);
        }

        return null;
    }

    private static Allocation? FindCores(FreeIndex<NodeSlot> nodes, ResourceRequest request, Gate may)
    {
        for (var cores = request.CpuCores; cores <= nodes.Most; cores++)
        {
            foreach (var slot in nodes[cores])
            {
                if (NodeFit.Holds(slot, request) && may(slot, null, 0, null)) return Allocations.OfCores(slot, request);
            }
        }

        return null;
    }
}
