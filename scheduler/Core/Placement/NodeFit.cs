using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>What a node must have besides the cards.</summary>
internal static class NodeFit
{
    /// <summary>Named, open, and with the cores and memory free.</summary>
    public static bool Holds(NodeSlot slot, ResourceRequest request) =>
        slot.IsOpen && HasFree(slot, request) && IsRequested(slot, request);

    /// <summary>Enough cores and memory, if nothing ran there.</summary>
    public static bool IsLargeEnough(NodeSlot slot, ResourceRequest request) =>
        AllCores(slot, request) >= request.CpuCores && slot.Node.MemoryMib >= request.MemoryMib;

    /// <summary>Cores that it gets there. A job that wants a node for itself gets all: no other finds room beside it.</summary>
    public static int CoresOf(NodeSlot slot, ResourceRequest request) => request.Exclusive ? slot.Node.CpuCores : request.CpuCores;

    /// <summary>Host memory that it gets there, MiB.</summary>
    public static long MemoryOf(NodeSlot slot, ResourceRequest request) => request.Exclusive ? slot.Node.MemoryMib : request.MemoryMib;

    /// <summary>Of these cards, so many are free that are linked as asked for.</summary>
    public static bool HoldsTogether(CardGroup cards, int count, ResourceRequest request) =>
        !request.NvLink || Islands.CountFree(cards, request) >= count;

    /// <summary>Allowed by the job's own lists.</summary>
    public static bool IsRequested(NodeSlot slot, ResourceRequest request) =>
        (request.Nodes.Count == 0 || Names(request.Nodes, slot)) && !Names(request.ExcludedNodes, slot);

    /// <summary>Cores free for this kind of request.</summary>
    public static int FreeCores(NodeSlot slot, ResourceRequest request) =>
        request.Gpu is null ? slot.CpuFreeWithoutCards : slot.CpuFree;

    /// <summary>Cores that this kind of request could have on the idle node.</summary>
    public static int AllCores(NodeSlot slot, ResourceRequest request) =>
        request.Gpu is null ? slot.Node.CpuCores - slot.Node.ReservedCores : slot.Node.CpuCores;

    private static bool Names(IReadOnlyList<string> names, NodeSlot slot)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (slot.IsCalled(names[i])) return true;
        }

        return false;
    }

    private static bool HasFree(NodeSlot slot, ResourceRequest request) => request.Exclusive
        ? slot.Holds.Count == 0 && IsLargeEnough(slot, request)
        : FreeCores(slot, request) >= request.CpuCores && slot.MemoryFree >= request.MemoryMib;
}
