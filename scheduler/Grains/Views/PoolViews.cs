using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Grains.Views;

/// <summary>Counts for <see cref="PoolView"/>.</summary>
internal static class PoolViews
{
    /// <summary>Configured tiers first, in their order; then tiers that only old jobs still have.</summary>
    public static List<TierCount> Count(PoolState state, PoolConfig config)
    {
        var counts = new Dictionary<string, Dictionary<JobState, int>>();
        foreach (var job in state.Jobs)
        {
            if (!counts.TryGetValue(job.Spec.Tier, out var states)) counts[job.Spec.Tier] = states = [];
            states[job.State] = states.GetValueOrDefault(job.State) + 1;
        }

        var named = config.Tiers.Select(tier => tier.Name).ToList();
        var others = counts.Keys.Except(named).Order(StringComparer.Ordinal);
        return [.. named.Concat(others).Select(tier => new TierCount(tier, counts.GetValueOrDefault(tier) ?? []))];
    }
}
