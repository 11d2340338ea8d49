using System.Runtime.InteropServices;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Could a node hold a job if nothing else ran there? Health, cordons and spill delays pass, so they don't count.
/// One object asks for one job, node after node.</summary>
public sealed class IdleFit(JobSpec spec, TierConfig tier)
{
    /// <summary>Keys by driver's name: a pool has many cards and few models.</summary>
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    /// <summary>Fitting cards of the node at hand, by what makes them equal; kept to be filled again.</summary>
    private readonly Dictionary<(CardTraits Traits, DeviceClass Class, string Link), int> _equal = [];

    /// <summary>Classes that the tier opens to this job sooner or later.</summary>
    public IReadOnlyList<DeviceClass> Classes { get; } =
    [
        .. tier.Classes,
        .. tier.Spill.Where(spill => !spill.NeedsCheckpoint || spec.Draft.Checkpoint.Enabled).Select(spill => spill.Class),
        .. tier.Loans.Where(loan => !loan.NeedsCheckpoint || spec.Draft.Checkpoint.Enabled).Select(loan => loan.Class),
    ];

    /// <summary>Null: it could. Otherwise what is missing, in the order node list, cards, cores, memory.</summary>
    public Misfit? Check(Node node)
    {
        var request = spec.Request;
        if (request.ExcludedNodes.Contains(node.Id.Name) || (request.Nodes.Count > 0 && !request.Nodes.Contains(node.Id.Name)))
            return new(Reason.NodeNotRequested, 0);
        if (request.Gpu is { } gpu && Cards(gpu, node) is { } misfit) return misfit;
        var cores = node.CpuCores - (request.Gpu is null ? node.ReservedCores : 0);
        if (request.CpuCores > cores) return new(Reason.NodeInsufficientCpu, cores);
        return request.MemoryMib > node.MemoryMib ? new(Reason.NodeInsufficientMemory, node.MemoryMib) : null;
    }

    /// <summary>Null when one alternative fits; else the misfit of the one that comes nearest.</summary>
    private Misfit? Cards(GpuRequest gpu, Node node)
    {
        Misfit? nearest = null;
        foreach (var alternative in gpu.Alternatives)
        {
            if (Cards(alternative, node) is not { } misfit) return null;
            if (nearest is null || misfit > nearest) nearest = misfit;
        }
        return nearest;
    }

    /// <summary>A grant never mixes cards that differ in model, memory or class, so only equal ones count together.</summary>
    private Misfit? Cards(GpuAlternative wanted, Node node)
    {
        var best = new Misfit(Reason.CardTypeMismatch, 0);
        _equal.Clear();
        foreach (var card in node.Devices)
        {
            var misfit = Card(wanted, card);
            if (misfit is null)
            {
                ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_equal, (TraitsOf(card), card.Class, LinkOf(card)), out _);
                if (++count >= wanted.Count && MostFed(node, card) >= wanted.Count) return null;
                misfit = count >= wanted.Count
                    ? new(Reason.NodePowerBudget, MostFed(node, card))
                    : new(Reason.NodeInsufficientCards, count);
            }
            if (misfit > best) best = misfit.Value;
        }
        return best;
    }

    /// <summary>So many such cards the node's power budget lets work together.</summary>
    private static long MostFed(Node node, Device card) =>
        node.Power.CardWatts is { } budget && card.Facts.Watts is > 0 and var watts ? Math.Max(0, budget) / watts : int.MaxValue;

    /// <summary>Where NVLink is asked for, only cards that are linked with one another count together.</summary>
    private string LinkOf(Device card) =>
        !spec.Request.NvLink ? "" : card.Place.NvLinkGroup.Length > 0 ? card.Place.NvLinkGroup : card.Uuid;

    private Misfit? Card(GpuAlternative wanted, Device card)
    {
        if (CardFit.Misfit(wanted, TraitsOf(card)) is { } reason) return new(reason, card.MemoryMib);
        return Classes.Contains(card.Class) ? null : new(Reason.CardClassNotAllowed, 0);
    }

    private CardTraits TraitsOf(Device card) => new(KeyOf(card.Model), card.MemoryMib, card.Mig?.Profile, card.Facts);

    private string KeyOf(string driverName)
    {
        ref var key = ref CollectionsMarshal.GetValueRefOrAddDefault(_keys, driverName, out var known);
        if (!known) key = DeviceCatalog.KeyOf(driverName);
        return key!;
    }
}
