using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Tells at submission what would otherwise be found out by waiting.</summary>
internal static class IdleWarning
{
    /// <summary>One line when no node could hold the job even when idle; null when one could.</summary>
    public static string? For(JobSpec spec, TierConfig tier, IReadOnlyList<Node> nodes)
    {
        if (nodes.Count == 0) return "no node has joined the pool yet: the job waits until one does";
        var misfits = new List<(Node Node, Misfit Misfit)>(nodes.Count);
        foreach (var node in nodes)
        {
            if (IdleFit.Check(spec, tier, node) is not { } misfit) return null;
            misfits.Add((node, misfit));
        }
        var (best, reason) = misfits
            .OrderByDescending(pair => IdleFit.Nearness(pair.Misfit.Reason))
            .ThenByDescending(pair => pair.Misfit.Most)
            .ThenBy(pair => pair.Node.Id)
            .First();
        return $"{Text(spec, tier, best.Id, reason)}: the job waits until one joins";
    }

    private static string Text(JobSpec spec, TierConfig tier, NodeId best, Misfit misfit)
    {
        var request = spec.Request;
        return misfit.Reason switch
        {
            Reason.NodeNotRequested => "no node of the pool is in the job's node list",
            Reason.CardTypeMismatch => $"no node has a card of the kind asked for ({spec.Draft.Gpus})",
            Reason.CardInsufficientMemory =>
                $"no node has a card with the memory asked for ({spec.Draft.Gpus}); the largest of that model has {misfit.Most} MiB ({best})",
            Reason.CardClassNotAllowed => Classes(spec, tier),
            Reason.NodeInsufficientCards => $"no node has {Count(request.Gpu!)}; the largest has {misfit.Most} ({best})",
            Reason.NodeInsufficientCpu => $"no node that fits otherwise has {request.CpuCores} cores for it; the largest has {misfit.Most} ({best})",
            _ => $"no node that fits otherwise has {MemorySize.Format(request.MemoryMib)} of memory; the largest has {MemorySize.Format(misfit.Most)} ({best})",
        };
    }

    private static string Classes(JobSpec spec, TierConfig tier)
    {
        var allowed = string.Join(", ", IdleFit.AllowedClasses(spec, tier)).ToLowerInvariant();
        var hint = tier.Spill.Any(spill => spill.NeedsCheckpoint) && !spec.Draft.Checkpoint.Enabled
            ? $"; with --checkpoint also {string.Join(", ", tier.Spill.Where(spill => spill.NeedsCheckpoint).Select(spill => spill.Class)).ToLowerInvariant()}"
            : "";
        return $"no node has a fitting card of a class that tier '{tier.Name}' may use ({allowed}{hint})";
    }

    private static string Count(GpuRequest gpu)
    {
        var fewest = gpu.Alternatives.Min(alternative => alternative.Count);
        return gpu.Alternatives is [{ Model: null, MinMemoryMib: 0, MaxMemoryMib: null }]
            ? $"{fewest} GPUs"
            : $"{fewest} {(fewest == 1 ? "GPU" : "GPUs")} of the kind asked for";
    }
}
