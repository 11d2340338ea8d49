using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Preemption;

/// <summary>A node as it will be once some attempts are gone, to which the placement that grants devices is put.</summary>
internal static class Hypothesis
{
    /// <summary>True when a job would be placed there beside those who stay.</summary>
    public static bool Places(NodeSlot slot, IEnumerable<Hold> stay, ResourceRequest request, IReadOnlyList<DeviceClass> classes)
    {
        var map = new PoolMap();
        var copy = map.Add(Copy(slot.Node));
        foreach (var hold in stay) map.Take(copy, hold);
        return Placer.Find(map, new PlacementQuery(request, classes), null) is not null;
    }

    private static Node Copy(Node node) => new(node.Id)
    {
        CpuCores = node.CpuCores,
        MemoryMib = node.MemoryMib,
        ReservedCores = node.ReservedCores,
        Devices = node.Devices,
        Labels = node.Labels,
        DeviceCordons = node.DeviceCordons,
        Cordon = node.Cordon,
        Session = node.Session,
        Power = node.Power,
    };
}
