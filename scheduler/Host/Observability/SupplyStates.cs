using GpuScheduler.Grains.Views;

namespace GpuScheduler.Host.Observability;

/// <summary>
/// In which state each card and each core of the pool is, for the metrics: exactly one, so that the states of a class add up to all of it.
/// </summary>
public static class SupplyStates
{
    private const string Unreachable = "unreachable";
    private const string Allocated = "allocated";
    private const string HeldElsewhere = "held_elsewhere";
    private const string Cordoned = "cordoned";
    private const string Closed = "closed";
    private const string Idle = "idle";

    /// <summary>Every state, also those that nothing is in: a series that comes and goes breaks alerts and sums.</summary>
    public static IReadOnlyList<string> All { get; } = [Allocated, Closed, Cordoned, HeldElsewhere, Idle, Unreachable];

    /// <summary>Silence outweighs use, use outweighs a cordon, a cordon outweighs hours.</summary>
    public static string Of(NodeView node, DeviceView device)
    {
        if (IsUnreachable(node)) return Unreachable;
        if (device.Jobs.Length > 0) return Allocated;
        if (device.HeldElsewhere) return HeldElsewhere;
        return device.Cordon is not null ? Cordoned : Unused(node);
    }

    /// <summary>A node's cores by state; together they are all that it has.</summary>
    public static IEnumerable<(string State, int Cores)> OfCores(NodeView node)
    {
        if (IsUnreachable(node)) return [(Unreachable, node.CpuCores)];
        var free = Math.Max(0, node.CpuFree);
        return [(Allocated, node.CpuCores - free - node.CpuElsewhere), (HeldElsewhere, node.CpuElsewhere), (Unused(node), free)];
    }

    private static bool IsUnreachable(NodeView node) => node.Condition is NodeCondition.Unknown or NodeCondition.Down;

    private static string Unused(NodeView node) => node.Condition switch
    {
        NodeCondition.Draining or NodeCondition.Drained or NodeCondition.Fail => Cordoned,
        NodeCondition.Reserved => Closed,
        NodeCondition.Unknown or NodeCondition.Down => Unreachable,
        NodeCondition.Idle or NodeCondition.Mixed or NodeCondition.Allocated => Idle,
    };
}
