using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement.Scores;

namespace GpuScheduler.Core.Placement.Gangs;

/// <summary>Finds all nodes of a gang at once, or none: cards of one kind, the most preferred that enough nodes have; only a request
/// that allows it gets several kinds.</summary>
internal static class GangPlacer
{
    /// <summary>Null: not enough nodes have room now.</summary>
    public static Allocation? Find(PoolMap map, PlacementQuery query, Gate may)
    {
        var request = query.Request;
        query.Choice = null;
        var nodes = request.Gpu is null ? Enough(CoreSpots(map, query, may), request) : OfOneKind(map, query, may);
        if (nodes is null && request.MixedCards) nodes = OfAnyKind(map, query, may);
        return nodes is null ? null : new Allocation([.. nodes.Select(spot => Allocations.ShareOf(spot, request))]);
    }

    /// <summary>Kinds that are preferred alike compete on racks, then on fit.</summary>
    private static List<Spot>? OfOneKind(PoolMap map, PlacementQuery query, Gate may)
    {
        (List<Spot> Nodes, List<Spot> All, int Rank, int Racks, long Cost)? best = null;
        foreach (var twins in query.Options(map).ToArray().GroupBy(option => (option.Place, option.Count, option.Kind.Twins)))
        {
            var alike = twins.ToArray();
            var rank = alike.Min(option => option.Rank);
            if (best is { } found && found.Rank < rank) break;
            var all = BestSpots(map, alike, query, may);
            if (Enough(all, query.Request) is not { } nodes) continue;
            var (racks, cost) = (RackChoice.CountRacks(nodes), nodes.Sum(spot => spot.Cost));
            if (best is not { } other || (racks, cost).CompareTo((other.Racks, other.Cost)) < 0) best = (nodes, all, rank, racks, cost);
        }

        if (best is { } chosen) Note(map, query, chosen.Nodes, chosen.All);
        return best?.Nodes;
    }

    /// <summary>Each node with the best that it has.</summary>
    private static List<Spot>? OfAnyKind(PoolMap map, PlacementQuery query, Gate may)
    {
        var all = BestSpots(map, query.Options(map).ToArray(), query, may);
        if (Enough(all, query.Request) is not { } nodes) return null;
        Note(map, query, nodes, all);
        return nodes;
    }

    /// <summary>For people: what the head has, and the best that was left.</summary>
    private static void Note(PoolMap map, PlacementQuery query, List<Spot> nodes, List<Spot> all)
    {
        Candidate Of(Spot spot) =>
            Candidate.Of(spot.Cards!, query.OptionFor(map, spot.Cards!.Kind, spot.Count), query.Asker.PointsOn(spot.Slot, map.Scores));
        var left = all.Where(spot => !nodes.Exists(node => node.Slot == spot.Slot)).OrderBy(spot => spot.Cost)
            .ThenBy(spot => spot.Slot.Node.Id).Select(spot => (Spot?)spot).FirstOrDefault();
        query.Choice = (Of(nodes[0]), left is { } next ? Of(next) : null);
    }

    private static List<Spot> BestSpots(PoolMap map, PlacementOption[] options, PlacementQuery query, Gate may)
    {
        if (options.Length == 1) return CardSpots(map, options[0], query, may);
        var spots = new Dictionary<NodeSlot, Spot>();
        foreach (var spot in options.SelectMany(option => CardSpots(map, option, query, may)))
        {
            if (!spots.TryGetValue(spot.Slot, out var other) || spot.Cost < other.Cost) spots[spot.Slot] = spot;
        }

        return [.. spots.Values];
    }

    private static List<Spot>? Enough(List<Spot> spots, ResourceRequest request) =>
        spots.Count < request.NodeCount ? null : RackChoice.Pick(spots, request.NodeCount);

    private static List<Spot> CardSpots(PoolMap map, PlacementOption option, PlacementQuery query, Gate may)
    {
        var request = query.Request;
        var spots = new List<Spot>();
        for (var free = option.Count; free <= option.Kind.ByFree.Most; free++)
        {
            foreach (var cards in option.Kind.ByFree[free])
            {
                if (NodeFit.Holds(cards.Slot, request) && NodeFit.HoldsTogether(cards, option.Count, request)
                    && may(cards.Slot, cards, option.Count, null))
                    spots.Add(Spot.Of(cards, option, query.Asker.PointsOn(cards.Slot, map.Scores)));
            }
        }

        return spots;
    }

    private static List<Spot> CoreSpots(PoolMap map, PlacementQuery query, Gate may)
    {
        var request = query.Request;
        var spots = new List<Spot>();
        foreach (var nodes in (ReadOnlySpan<FreeIndex<NodeSlot>>)[map.CpuNodes, map.CardNodes])
        {
            for (var cores = request.CpuCores; cores <= nodes.Most; cores++)
                spots.AddRange(
                    nodes[cores].Where(slot => NodeFit.Holds(slot, request) && may(slot, null, 0, null)).Select(
                        slot => Spot.OfCores(slot, request, query.Asker.PointsOn(slot, map.Scores) > 0)));
        }

        return spots;
    }
}
