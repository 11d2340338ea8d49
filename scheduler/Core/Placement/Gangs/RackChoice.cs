namespace GpuScheduler.Core.Placement.Gangs;

/// <summary>Chooses a gang's nodes among those that fit: the fewest racks, and in each the nodes that fit best. Nodes without a
/// rack label stand together.</summary>
internal static class RackChoice
{
    /// <summary>Nodes in the order of the ranks: rack by rack, each by name.</summary>
    /// <param name="spots">At least <paramref name="count"/>, each node once.</param>
    /// <param name="count">Nodes wanted.</param>
    public static List<Spot> Pick(IReadOnlyCollection<Spot> spots, int count)
    {
        var racks = spots.GroupBy(spot => spot.Slot.Rack, StringComparer.Ordinal).OrderBy(rack => rack.Key, StringComparer.Ordinal)
            .Select(rack => rack.OrderBy(spot => spot.Cost).ThenBy(spot => spot.Slot.Node.Id).ToList()).ToList();
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

    /// <summary>The rack that holds the rest and fits it best; while none does, the largest: so the racks become fewest.</summary>
    private static List<Spot> Next(List<List<Spot>> racks, int wanted) =>
        racks.Where(rack => rack.Count >= wanted).MinBy(rack => (rack.Take(wanted).Sum(spot => spot.Cost), rack.Count)) ?? racks.MaxBy(rack => rack.Count)!;
}
