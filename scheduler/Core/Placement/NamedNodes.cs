using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>Finds cores on the few nodes that a request names: no index needed, same preferences.</summary>
internal static class NamedNodes
{
    public static Allocation? FindCores(PoolMap map, ResourceRequest request, Gate may) =>
        Of(map, request).Where(slot => NodeFit.Holds(slot, request) && may(slot, null, 0, null))
            .MinBy(slot => (slot.HasCards, slot.CpuFreeWithoutCards, slot.Node.Id)) is { } best ? Allocations.OfCores(best, request) : null;

    /// <summary>Those of them that the pool has.</summary>
    public static IEnumerable<NodeSlot> Of(PoolMap map, ResourceRequest request) =>
        request.Nodes.Select(map.FindCalled).OfType<NodeSlot>().Distinct();
}
