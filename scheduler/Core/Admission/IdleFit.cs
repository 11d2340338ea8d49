using System.Runtime.InteropServices;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>What keeps a node from ever holding a job.</summary>
/// <param name="Reason">What is missing.</param>
/// <param name="Most">What the node has of it: cards, cores or MiB.</param>
public readonly record struct Misfit(Reason Reason, long Most);

/// <summary>Could a node hold a job if nothing else ran there? Health, cordons and spill delays pass, so they don't count.</summary>
public sealed class IdleFit(JobSpec spec, TierConfig tier)
{
    /// <summary>What is missing, from far to near: the nearer, the more it helps to hear of it.</summary>
    private static readonly Reason[] FarToNear =
    [
        Reason.NodeNotRequested, Reason.CardTypeMismatch, Reason.CardInsufficientMemory, Reason.CardClassNotAllowed,
        Reason.NodeInsufficientCards, Reason.NodeInsufficientCpu, Reason.NodeInsufficientMemory,
    ];

    /// <summary>Keys by driver's name: a pool has many cards and few models.</summary>
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    /// <summary>Classes that the tier opens to this job sooner or later.</summary>
    public IReadOnlyList<DeviceClass> Classes { get; } =
    [
        .. tier.Classes,
        .. tier.Spill.Where(spill => !spill.NeedsCheckpoint || spec.Draft.Checkpoint.Enabled).Select(spill => spill.Class),
    ];

    /// <summary>Null: it could. Otherwise what is missing, in the order node list, cards, cores, memory.</summary>
    public Misfit? Check(Node node)
    {
        var request = spec.Request;
        if (request.ExcludedNodes.Contains(node.Id.Name) || (request.Nodes.Count > 0 && !request.Nodes.Contains(node.Id.Name)))
            return new(Reason.NodeNotRequested, 0);
        if (request.Gpu is { } gpu && Cards(gpu, node.Devices) is { } misfit) return misfit;
        var cores = node.CpuCores - (request.Gpu is null ? node.ReservedCores : 0);
        if (request.CpuCores > cores) return new(Reason.NodeInsufficientCpu, cores);
        return request.MemoryMib > node.MemoryMib ? new(Reason.NodeInsufficientMemory, node.MemoryMib) : null;
    }

    /// <summary>The higher, the nearer to a fit.</summary>
    internal static int Nearness(Reason reason) => Array.IndexOf(FarToNear, reason);

    /// <summary>Null when one alternative fits; else the misfit of the one that comes nearest.</summary>
    private Misfit? Cards(GpuRequest gpu, IReadOnlyList<Device> devices)
    {
        Misfit? nearest = null;
        foreach (var alternative in gpu.Alternatives)
        {
            if (Cards(alternative, devices) is not { } misfit) return null;
            if (nearest is null || Nearness(misfit.Reason) > Nearness(nearest.Value.Reason)) nearest = misfit;
        }
        return nearest;
    }

    /// <summary>A grant never mixes cards that differ in model, memory or class, so only equal ones count together.</summary>
    private Misfit? Cards(GpuAlternative wanted, IReadOnlyList<Device> devices)
    {
        var best = new Misfit(Reason.CardTypeMismatch, 0);
        var equal = new Dictionary<(string, long, DeviceClass), int>();
        foreach (var card in devices)
        {
            var misfit = Card(wanted, card);
            if (misfit is null)
            {
                ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(equal, (KeyOf(card.Model), card.MemoryMib, card.Class), out _);
                if (++count >= wanted.Count) return null;
                misfit = new(Reason.NodeInsufficientCards, count);
            }
            if ((Nearness(misfit.Value.Reason), misfit.Value.Most).CompareTo((Nearness(best.Reason), best.Most)) > 0) best = misfit.Value;
        }
        return best;
    }

    private Misfit? Card(GpuAlternative wanted, Device card)
    {
        if (wanted.Model is not null && KeyOf(card.Model) != wanted.Model) return new(Reason.CardTypeMismatch, 0);
        if (card.MemoryMib < wanted.MinMemoryMib || card.MemoryMib > (wanted.MaxMemoryMib ?? long.MaxValue))
            return new(Reason.CardInsufficientMemory, card.MemoryMib);
        return Classes.Contains(card.Class) ? null : new(Reason.CardClassNotAllowed, 0);
    }

    private string KeyOf(string driverName)
    {
        ref var key = ref CollectionsMarshal.GetValueRefOrAddDefault(_keys, driverName, out var known);
        if (!known) key = DeviceCatalog.KeyOf(driverName);
        return key!;
    }
}
