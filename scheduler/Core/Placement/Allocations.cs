using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>Writes down what is granted.</summary>
internal static class Allocations
{
    /// <summary>The first free cards of a group, by uuid.</summary>
    public static Allocation Of(CardGroup group, int count, ResourceRequest request)
    {
        var devices = new DeviceShare[count];
        var taken = 0;
        foreach (var card in group.Cards)
        {
            if (taken == count) break;
            if (card.IsFree) devices[taken++] = DeviceShare.Of(card.Device.Uuid);
        }

        return Allocation.Of(new NodeShare(group.Slot.Node.Id, devices, request.CpuCores, request.MemoryMib));
    }

    public static Allocation OfCores(NodeSlot slot, ResourceRequest request) =>
        Allocation.Of(new NodeShare(slot.Node.Id, [], request.CpuCores, request.MemoryMib));
}
