using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>What keeps a node from ever holding a job.</summary>
/// <param name="Reason">What is missing.</param>
/// <param name="Most">What the node has of it: cards, cores or MiB.</param>
public readonly record struct Misfit(Reason Reason, long Most);

/// <summary>Could a node hold a job if nothing else ran there? Health, cordons and spill delays pass, so they don't count.</summary>
public static class IdleFit
{
    /// <summary>Null: it could. Otherwise what is missing, in the order node list, cards, cores, memory.</summary>
    public static Misfit? Check(JobSpec spec, TierConfig tier, Node node)
    {
        var request = spec.Request;
        if (request.ExcludedNodes.Contains(node.Id.Name) || (request.Nodes.Count > 0 && !request.Nodes.Contains(node.Id.Name)))
            return new(Reason.NodeNotRequested, 0);
        if (request.Gpu is { } gpu && Cards(gpu, AllowedClasses(spec, tier), node) is { } misfit) return misfit;
        var cores = node.CpuCores - (request.Gpu is null ? node.ReservedCores : 0);
        if (request.CpuCores > cores) return new(Reason.NodeInsufficientCpu, cores);
        return request.MemoryMib > node.MemoryMib ? new(Reason.NodeInsufficientMemory, node.MemoryMib) : null;
    }

    /// <summary>Classes that the tier opens to this job sooner or later.</summary>
    public static IReadOnlyList<DeviceClass> AllowedClasses(JobSpec spec, TierConfig tier) =>
    [
        .. tier.Classes,
        .. tier.Spill.Where(spill => !spill.NeedsCheckpoint || spec.Draft.Checkpoint.Enabled).Select(spill => spill.Class),
    ];

    /// <summary>How near a misfit is to a fit; nearer ones are told first.</summary>
    internal static int Nearness(Reason reason) => Array.IndexOf(
        [
            Reason.NodeNotRequested, Reason.CardTypeMismatch, Reason.CardInsufficientMemory, Reason.CardClassNotAllowed,
            Reason.NodeInsufficientCards, Reason.NodeInsufficientCpu, Reason.NodeInsufficientMemory,
        ],
        reason);

    /// <summary>Null when one alternative fits; else the misfit of the one that comes nearest.</summary>
    private static Misfit? Cards(GpuRequest gpu, IReadOnlyList<DeviceClass> classes, Node node)
    {
        Misfit? nearest = null;
        foreach (var alternative in gpu.Alternatives)
        {
            if (Cards(alternative, classes, node.Devices) is not { } misfit) return null;
            if (nearest is null || Nearness(misfit.Reason) > Nearness(nearest.Value.Reason)) nearest = misfit;
        }
        return nearest;
    }

    /// <summary>Counts all cards that fit, whatever their models: whether a grant may mix them is for placement to say.</summary>
    private static Misfit? Cards(GpuAlternative wanted, IReadOnlyList<DeviceClass> classes, IReadOnlyList<Device> devices)
    {
        var ofModel = devices.Where(card => wanted.Model is null || DeviceCatalog.KeyOf(card.Model) == wanted.Model).ToList();
        if (ofModel.Count == 0) return new(Reason.CardTypeMismatch, 0);
        var largeEnough = ofModel.Where(card => card.MemoryMib >= wanted.MinMemoryMib && card.MemoryMib <= (wanted.MaxMemoryMib ?? long.MaxValue)).ToList();
        if (largeEnough.Count == 0) return new(Reason.CardInsufficientMemory, ofModel.Max(card => card.MemoryMib));
        var allowed = largeEnough.Count(card => classes.Contains(card.Class));
        if (allowed == 0) return new(Reason.CardClassNotAllowed, largeEnough.Count);
        return allowed < wanted.Count ? new(Reason.NodeInsufficientCards, allowed) : null;
    }
}
