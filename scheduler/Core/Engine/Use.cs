using GpuScheduler.Core.Engine.Inputs;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Engine;

/// <summary>Tells what is granted on a node.</summary>
internal static class Use
{
    public static NodeUse Nothing { get; } = new(0, 0, new Dictionary<string, IReadOnlyList<JobId>>(), []);

    private static DeviceShare GrantedOf(Card card) => card.WholeHolds > 0
        ? new DeviceShare(card.Device.Uuid, DeviceShare.Whole, card.Device.MemoryMib)
        : new DeviceShare(card.Device.Uuid, card.MilliUsed, card.MemoryUsed);

    public static NodeUse Of(NodeSlot slot)
    {
        if (slot.Holds.Count == 0) return Nothing;
        var own = slot.Holds.Values.Where(hold => !hold.IsForeign).ToList();
        var byDevice = own
            .SelectMany(hold => hold.Share.Devices.Select(device => (device.Uuid, hold.Attempt.Id.Job)))
            .GroupBy(pair => pair.Uuid, pair => pair.Job, StringComparer.Ordinal)
            .ToDictionary(jobs => jobs.Key, IReadOnlyList<JobId> (jobs) => [.. jobs.Distinct()], StringComparer.Ordinal);
        return new NodeUse(slot.CpuUsed, slot.MemoryUsed, byDevice, [.. own.Select(hold => hold.Attempt.Id.Job).Distinct()])
        {
            Elsewhere = Elsewhere.CardsOf(slot),
            CpuElsewhere = slot.Holds.Values.Where(hold => hold.IsForeign).Sum(hold => hold.Share.CpuCores),
            MemoryElsewhereMib = slot.Holds.Values.Where(hold => hold.IsForeign).Sum(hold => hold.Share.MemoryMib),
            Granted = byDevice.Keys.Union(Elsewhere.CardsOf(slot)).ToDictionary(
                uuid => uuid, uuid => GrantedOf(slot.Cards[uuid]), StringComparer.Ordinal),
        };
    }
}
