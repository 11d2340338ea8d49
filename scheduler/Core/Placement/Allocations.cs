using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>Writes down what is granted.</summary>
internal static class Allocations
{
    /// <summary>The first free cards of a group, by uuid.</summary>
    public static Allocation Of(CardGroup group, int count, ResourceRequest request)
    {
        var uuids = new string[count];
        var taken = 0;
        foreach (var card in group.Cards)
        {
            if (taken == count) break;
            if (card.IsFree) uuids[taken++] = card.Device.Uuid;
        }

        return new Allocation(group.Slot.Node.Id, uuids, request.CpuCores, request.MemoryMib);
    }

    public static Allocation OfCores(NodeSlot slot, ResourceRequest request) =>
        new(slot.Node.Id, [], request.CpuCores, request.MemoryMib);
}
