namespace GpuScheduler.Core.Placement.Gangs;

/// <summary>Chooses a gang's nodes among those that fit: the fewest racks, and in each the nodes that fit best. Nodes without a
/// rack label stand together.</summary>
internal static class RackChoice
{
    private static readonly Comparison<Spot> BestFirst = (x, y) =>
        x.Cost != y.Cost ? x.Cost.CompareTo(y.Cost) : x.Slot.Node.Id.CompareTo(y.Slot.Node.Id);

    /// <summary>Nodes in the order of the ranks: rack by rack, each by name.</summary>
    /// <param name="spots">At least <paramref name="count"/>, each node once.</param>
    /// <param name="count">Nodes wanted.</param>
    public static List<Spot> Pick(List<Spot> spots, int count)
    {
        var racks = Racks(spots);
        var chosen = new List<Spot>(count);
        while (chosen.Count < count)
        {
            var rack = Next(racks, count - chosen.Count);
            racks.Remove(rack);
            chosen.AddRange(rack.Take(count - chosen.Count));
        }

        return [.. chosen.OrderBy(spot => spot.Slot.Rack, StringComparer.Ordinal).ThenBy(spot => spot.Slot.Node.Id)];
    }

    /// <summary>How many racks the nodes stand in.</summary>
    public static int CountRacks(List<Spot> nodes) => nodes.Select(spot => spot.Slot.Rack).Distinct(StringComparer.Ordinal).Count();

    /// <summary>By name; in each those that fit best come first.</summary>
    private static List<List<Spot>> Racks(List<Spot> spots)
    {
        var byName = new Dictionary<string, List<Spot>>(StringComparer.Ordinal);
        foreach (var spot in spots)
        {
            if (!byName.TryGetValue(spot.Slot.Rack, out var rack)) byName[spot.Slot.Rack] = rack = [];
            rack.Add(spot);
        }

        foreach (var rack in byName.Values) Sort(rack);
        return [.. byName.OrderBy(rack => rack.Key, StringComparer.Ordinal).Select(rack => rack.Value)];
    }

    /// <summary>The index hands nodes out in nearly this order: most of the time there is nothing to do.</summary>
    private static void Sort(List<Spot> rack)
    {
        for (var i = 1; i < rack.Count; i++)
        {
            if (BestFirst(rack[i - 1], rack[i]) <= 0) continue;
            rack.Sort(BestFirst);
            return;
        }
    }

    /// <summary>The rack that holds the rest and fits it best; while none does, the largest: so the racks become fewest.</summary>
    private static List<Spot> Next(List<List<Spot>> racks, int wanted)
    {
        (List<Spot>? Rack, long Cost) best = (null, 0);
        foreach (var rack in racks)
        {
            if (rack.Count < wanted) continue;
            var cost = 0L;
            for (var i = 0; i < wanted; i++) cost += rack[i].Cost;
            if (best.Rack is not { } other || (cost, rack.Count).CompareTo((best.Cost, other.Count)) < 0) best = (rack, cost);
        }

        return best.Rack ?? racks.MaxBy(rack => rack.Count)!;
    }
}
