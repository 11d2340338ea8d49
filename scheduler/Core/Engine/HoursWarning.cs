using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine;

/// <summary>Tells at submission that no node that fits is ever open for long enough.</summary>
internal static class HoursWarning
{
    /// <summary>Null: some node is, or none fits at all.</summary>
    public static string? For(PoolState state, JobSpec spec, TierConfig tier, DateTimeOffset now)
    {
        if (!state.Map.HasHours) return null;
        var fit = new IdleFit(spec, tier);
        NodeId? closing = null;
        foreach (var slot in state.Map.Slots)
        {
            if (fit.Check(slot.Node) is not null) continue;
            if (slot.EverLets(spec, now)) return null;
            closing ??= slot.Node.Id;
        }

        return closing is { } first ? $"{Text(state, spec, first)}: the job waits until another one joins" : null;
    }

    private static string Text(PoolState state, JobSpec spec, NodeId node)
    {
        var hours = $"no node that fits is ever open for long enough, such as {node} (available {state.Map.Find(node)!.Hours!.Text})";
        return spec.TimeLimit is null && !spec.Draft.Checkpoint.Enabled ? $"{hours}, for a job without --time and --checkpoint" : hours;
    }
}
