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
        var named = config.Tiers.Select(tier => tier.Name).ToList();
        var others = state.Census.Keys.Except(named).Where(tier => Live(state, tier).Count > 0).Order(StringComparer.Ordinal);
        return [.. named.Concat(others).Select(tier => new TierCount(tier, Live(state, tier)))];
    }

    private static Dictionary<JobState, int> Live(PoolState state, string tier) =>
        (state.Census.GetValueOrDefault(tier) ?? []).Where(count => count.Value > 0).ToDictionary();
}
