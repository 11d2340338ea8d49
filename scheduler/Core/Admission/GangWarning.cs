using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Tells at submission that there are not enough nodes for a gang, however long it waits.</summary>
internal static class GangWarning
{
    /// <summary>One line when too few nodes could be its when idle; null when there are enough.</summary>
    public static string? For(JobSpec spec, TierConfig tier, IReadOnlyList<Node> nodes)
    {
        if (IdleWarning.ForOne(spec, tier, nodes) is { } none) return none;
        var fit = new IdleFit(spec, tier);
        var wanted = spec.Request.NodeCount;
        var most = spec.Request.Gpu is null || spec.Request.MixedCards
            ? nodes.Count(node => fit.Check(node) is null)
            : Kinds(nodes).Max(kind => nodes.Count(node => fit.Check(Only(node, kind)) is null));
        var alike = spec.Request.Gpu is null || spec.Request.MixedCards ? "" : " with cards of one model";
        return most >= wanted ? null : $"only {most} of the {wanted} nodes asked for could be had{alike}: the job waits until more join";
    }

    private static IEnumerable<(string Model, long MemoryMib, DeviceClass Class)> Kinds(IReadOnlyList<Node> nodes) =>
        nodes.SelectMany(node => node.Devices).Select(device => (device.Model, device.MemoryMib, device.Class)).Distinct();

    /// <summary>The node as if it had this kind of card alone.</summary>
    private static Node Only(Node node, (string Model, long MemoryMib, DeviceClass Class) kind) => new(node.Id)
    {
        CpuCores = node.CpuCores,
        MemoryMib = node.MemoryMib,
        ReservedCores = node.ReservedCores,
        Devices = [.. node.Devices.Where(device => (device.Model, device.MemoryMib, device.Class) == kind)],
    };
}
