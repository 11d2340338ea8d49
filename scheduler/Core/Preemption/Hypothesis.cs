using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Preemption;

/// <summary>Nodes as they will be once some attempts are gone, put to the placement that grants devices.</summary>
internal static class Hypothesis
{
    /// <summary>True when a job would be placed there beside those who stay.</summary>
    /// <param name="map">The pool as it is.</param>
    /// <param name="nodes">The only nodes there will be, and who stays on each.</param>
    /// <param name="request">What the job needs.</param>
    /// <param name="classes">Classes of cards that it may have.</param>
    public static bool Places(
        PoolMap map, IEnumerable<(NodeSlot Slot, IEnumerable<Hold> Stay)> nodes, ResourceRequest request,
        IReadOnlyList<DeviceClass> classes)
    {
        var copy = new PoolMap();
        foreach (var (slot, stay) in nodes)
        {
            var node = copy.Add(Copy(slot.Node));
            foreach (var hold in stay) copy.Take(node, hold);
        }

        if (map.PinOf(request.SameCardAs) is { } pin) copy.SetPin(request.SameCardAs, pin);
        return Placer.Find(copy, new PlacementQuery(request with { Nodes = [], ExcludedNodes = [] }, classes), null) is not null;
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
        RestsUntil = node.RestsUntil,
        Session = node.Session,
        Power = node.Power,
    };
}
