using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement.Gangs;
using GpuScheduler.Core.Placement.Reservations;
using GpuScheduler.Core.Placement.Scores;

namespace GpuScheduler.Core.Placement;

/// <summary>Writes down what is granted.</summary>
internal static class Allocations
{
    /// <summary>Free cards of a group: those near one another where it is known, else the first of the machine.</summary>
    public static Allocation Of(CardGroup group, int count, ResourceRequest request) => Allocation.Of(ShareOf(group, count, request));

    /// <summary>A part of a card.</summary>
    public static Allocation OfPart(Card card, CardShare share, ResourceRequest request)
    {
        var slot = card.Group!.Slot;
        var part = new DeviceShare(card.Device.Uuid, share.Milli, Math.Max(1, share.MemoryOf(card.Device.MemoryMib)));
        return Allocation.Of(new NodeShare(slot.Node.Id, [part], NodeFit.CoresOf(slot, request), NodeFit.MemoryOf(slot, request)));
    }

    public static Allocation OfCores(NodeSlot slot, ResourceRequest request) => Allocation.Of(ShareOfCores(slot, request));

    /// <summary>What one node of a gang gives.</summary>
    public static NodeShare ShareOf(Spot spot, ResourceRequest request) =>
        spot.Cards is { } cards ? ShareOf(cards, spot.Count, request) : ShareOfCores(spot.Slot, request);

    private static NodeShare ShareOf(CardGroup group, int count, ResourceRequest request) =>
        new(
            group.Slot.Node.Id, group.HasIslands ? Near(group, count, request) : First(group, count), NodeFit.CoresOf(group.Slot, request),
            NodeFit.MemoryOf(group.Slot, request));

    private static NodeShare ShareOfCores(NodeSlot slot, ResourceRequest request) =>
        new(slot.Node.Id, [], NodeFit.CoresOf(slot, request), NodeFit.MemoryOf(slot, request));

    private static DeviceShare[] Near(CardGroup group, int count, ResourceRequest request) =>
        [.. Islands.Choose(group, count, request).Select(card => DeviceShare.Of(card.Device.Uuid))];

    /// <summary>
    /// The free card to begin with: one that is not kept for others, the soundest, then the coolest, then the first of the machine.
    /// </summary>
    public static Card ToBegin(CardGroup group, Job? asker) =>
        group.Cards.Where(card => card.IsFree).MinBy(card => (PartClaim.IsKept(card, asker), card.RecentFaults, GroupScores.Heat(card)))!;

    private static DeviceShare[] First(CardGroup group, int count)
    {
        if (group.Scores is not { Thermal: 1, Faults: 1 })
            return [.. Coolest(group, count).Select(card => DeviceShare.Of(card.Device.Uuid))];
        var devices = new DeviceShare[count];
        var taken = 0;
        foreach (var card in group.Cards)
        {
            if (taken == count) break;
            if (card.IsOpen) devices[taken++] = DeviceShare.Of(card.Device.Uuid);
        }

        return devices;
    }

    private static IEnumerable<Card> Coolest(CardGroup group, int count) => group.Cards.Where(card => card.IsOpen)
        .OrderBy(card => card.RecentFaults).ThenBy(GroupScores.Heat).Take(count).OrderBy(card => card.Place);
}
