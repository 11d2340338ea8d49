using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Policies;

namespace GpuScheduler.Core.Rounds;

/// <summary>The cards that a round can give: all that are up, but for those of attempts that can't be stopped.</summary>
internal static class RoundRoom
{
    /// <summary>One place a kind of card of the map, in its order, with a count a node.</summary>
    /// <param name="map">The pool.</param>
    /// <param name="contends">True for what gives up its cards when the round says so.</param>
    public static Room Of(PoolMap map, Func<Hold, bool> contends)
    {
        var counts = map.Kinds.Select(_ => new List<int>()).ToList();
        var index = map.Kinds.Select((kind, i) => (kind, i)).ToDictionary(pair => pair.kind, pair => pair.i);
        foreach (var slot in map.Slots.Where(slot => slot.IsOpen))
        {
            var kept = slot.Holds.Values.Where(hold => !contends(hold)).SelectMany(hold => hold.Share.Devices).Select(device => device.Uuid).ToHashSet(StringComparer.Ordinal);
            foreach (var group in slot.Groups)
                counts[index[group.Kind]].Add(group.Cards.Count(card => card is { Missing: false, Cordoned: false } && !kept.Contains(card.Device.Uuid)));
        }

        return new Room(counts.Select(kind => kind.Count == 0 ? [0] : kind));
    }
}
