using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Tells at submission what would otherwise be found out by waiting.</summary>
internal static class IdleWarning
{
    /// <summary>
    /// One line when no node could hold the job even when idle; null when one could. Of equally near nodes the first is named.
    /// </summary>
    public static string? For(JobSpec spec, TierConfig tier, IReadOnlyList<Node> nodes)
    {
        if (nodes.Count == 0) return "no node has joined the pool yet: the job waits until one does";
        if (spec.Request.IsGang) return GangWarning.For(spec, tier, nodes);
        return ForOne(spec, tier, nodes);
    }

    /// <summary>The same, looking for one node.</summary>
    public static string? ForOne(JobSpec spec, TierConfig tier, IReadOnlyList<Node> nodes)
    {
        var fit = new IdleFit(spec, tier);
        var (best, nearest) = (nodes[0].Id, new Misfit(Reason.NodeNotRequested, -1));
        foreach (var node in nodes)
        {
            if (fit.Check(node) is not { } misfit) return null;
            if (misfit > nearest) (best, nearest) = (node.Id, misfit);
        }
        var anyCard = nodes.Any(node => node.Devices.Count > 0);
        return $"{(nearest.Reason == Reason.CardTypeMismatch ? Kinds(spec, anyCard) : Text(spec, tier, fit, best, nearest))}: the job "
            + "waits until one joins";
    }

    private static string Text(JobSpec spec, TierConfig tier, IdleFit fit, NodeId best, Misfit misfit)
    {
        var request = spec.Request;
        return misfit.Reason switch
        {
            Reason.NodeNotRequested => "no node of the pool is in the job's node list",
            Reason.CardInsufficientMemory =>
                $"no node has a card with the memory asked for ({Asked(spec)}); the largest of that model has {misfit.Most} MiB ({best})",
            Reason.CardComputeCapability =>
                $"no node has a card with the compute capability asked for ({FaultText.Piece(spec.Draft.Gpus)})",
            Reason.CardNoEcc => "no node has a fitting card that corrects memory errors (ecc)",
            Reason.CardPrecision => $"no node has a fitting card that computes {PrecisionsOf(request.Gpu!)} at a useful rate",
            Reason.CardDriver => $"no node with fitting cards has {DriverOf(request.Gpu!)}, or none says so",
            Reason.CardClassNotAllowed => Classes(spec, tier, fit),
            Reason.NodeInsufficientCards =>
                $"no node has {Count(request.Gpu!)}{(request.NvLink ? " linked by NVLink" : "")}; the largest has {misfit.Most} ({best})",
            Reason.NodePowerBudget =>
                $"no node with {Count(request.Gpu!)} can feed them together; the power budget of {best} is enough for {misfit.Most}",
            Reason.NodeInsufficientCpu =>
                $"no node that fits otherwise has {request.CpuCores} cores for it; the largest has {misfit.Most} ({best})",
            _ =>
                $"no node that fits otherwise has {MemorySize.Format(request.MemoryMib)} of memory; the largest has "
                    + $"{MemorySize.Format(misfit.Most)} ({best})",
        };
    }

    /// <summary>In the user's own words; of a part of a card its memory, where the card is any.</summary>
    private static string Asked(JobSpec spec) =>
        FaultText.Piece(
            spec.Draft is { GpuMemory.Length: > 0 } part ? $"{part.Gpus} --gpu-mem {part.GpuMemory}".TrimStart() : spec.Draft.Gpus);

    private static string Kinds(JobSpec spec, bool anyCard)
    {
        if (!anyCard) return "no node has a GPU";
        return spec.Request.Gpu!.Alternatives.All(alternative => alternative is { Model: null, Mig: null })
            ? "no node has a whole GPU; parts of cards are given to those who ask for them, such as --gpus mig"
            : $"no node has a card of the kind asked for ({FaultText.Piece(spec.Draft.Gpus)})";
    }

    private static string Classes(JobSpec spec, TierConfig tier, IdleFit fit)
    {
        var allowed = string.Join(", ", fit.Classes).ToLowerInvariant();
        var hint = tier.Spill.Any(spill => spill.NeedsCheckpoint) && !spec.Draft.Checkpoint.Enabled
            ? "; with --checkpoint also "
                + $"{string.Join(", ", tier.Spill.Where(spill => spill.NeedsCheckpoint).Select(spill => spill.Class)).ToLowerInvariant()}"
            : "";
        return $"no node has a fitting card of a class that tier '{tier.Name}' may use ({allowed}{hint})";
    }

    private static string PrecisionsOf(GpuRequest gpu) =>
        string.Join(" or ", gpu.Alternatives.Select(one => one.Needs.Precision).OfType<Precision>().Distinct().Select(Precisions.NameOf));

    private static string DriverOf(GpuRequest gpu) => string.Join(" or ", gpu.Alternatives.Select(one => one.Needs)
        .Select(needs => (needs.MinDriver, needs.MinCuda) switch
        {
            ({ } driver, { } cuda) => $"driver {driver} or newer with CUDA {cuda} or newer",
            ({ } driver, null) => $"driver {driver} or newer",
            (null, { } cuda) => $"a driver for CUDA {cuda} or newer",
            (null, null) => "",
        })
        .Where(text => text.Length > 0).Distinct());

    private static string Count(GpuRequest gpu)
    {
        var fewest = gpu.Alternatives.Min(alternative => alternative.Count);
        return gpu.Alternatives is [{ Model: null, MinMemoryMib: 0, MaxMemoryMib: null, Mig: null } only] && only.Needs == CardNeeds.None
            ? $"{fewest} GPUs of one model"
            : $"{fewest} GPUs of a kind asked for";
    }
}
