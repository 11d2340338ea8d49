using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Policies;

namespace GpuScheduler.Core.Rounds;

/// <summary>The cards that a round can give, in thousandths: all that are up until its end, but for what attempts have that can't be
/// stopped; what is being stopped is as good as gone.</summary>
internal static class RoundRoom
{
    /// <summary>One place a kind of card of the map, in its order, with a count a node.</summary>
    /// <param name="map">The pool.</param>
    /// <param name="end">When the round is over: a machine that closes before gives no job a turn.</param>
    /// <param name="contends">True for what gives up its cards when the round says so.</param>
    public static Room Of(PoolMap map, DateTimeOffset end, Func<NodeSlot, Hold, bool> contends)
    {
        var counts = map.Kinds.Select(_ => new List<int>()).ToList();
        var index = map.Kinds.Select((kind, i) => (kind, i)).ToDictionary(pair => pair.kind, pair => pair.i);
        foreach (var slot in map.Slots.Where(slot => Lasts(slot, end)))
        {
            var kept = slot.Holds.Values.Where(hold => hold.Fenced || (hold.Attempt.StopCause is null && !contends(slot, hold)))
                .SelectMany(hold => hold.Share.Devices).ToLookup(device => device.Uuid, StringComparer.Ordinal);
            var fed = Fed(slot, kept);
            foreach (var group in slot.Groups)
            {
                var cards = group.Cards.Where(card => card.IsUsable && fed?.Contains(card) != false);
                counts[index[group.Kind]].Add(cards.Sum(card => Left(kept[card.Device.Uuid])));
            }
        }

        return new Room(counts.Select(kind => kind.Count == 0 ? [0] : kind));
    }

    /// <summary>It takes work, also at the end of the round.</summary>
    public static bool Lasts(NodeSlot slot, DateTimeOffset end) => slot.IsOpen && !(slot.ClosesAt < end);

    /// <summary>Cards that a power budget feeds together: those that stay with who has them, then those that work, then the others. More
    /// seats would be given than there is power for, and who is in vain given one would never get a turn. Null: all.</summary>
    private static HashSet<Card>? Fed(NodeSlot slot, ILookup<string, DeviceShare> kept)
    {
        if (slot.Node.Power.CardWatts is not { } left) return null;
        var fed = new HashSet<Card>();
        bool IsKept(Card card) => kept.Contains(card.Device.Uuid);
        var inOrder = slot.Cards.Values.OrderBy(card => (!IsKept(card), card.Holds == 0)).ThenBy(
            card => card.Device.Uuid, StringComparer.Ordinal);
        foreach (var card in inOrder)
        {
            if (card.Watts > left && !IsKept(card)) continue;
            left -= card.Watts;
            fed.Add(card);
        }

        return fed;
    }

    private static int Left(IEnumerable<DeviceShare> kept) => Math.Max(0, DeviceShare.Whole - kept.Sum(device => device.MilliGpu));
}
