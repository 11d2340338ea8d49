using GpuScheduler.Core.Model;

namespace GpuScheduler.Grains.Views;

/// <summary>A pool as it stood when it was asked for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Epoch">Of its activation.</param>
/// <param name="RefusingWork">Why new work is refused now; null when it isn't.</param>
/// <param name="Nodes">Sorted by name.</param>
/// <param name="Counts">Jobs that have not ended, by tier and state; every configured tier is named.</param>
[GenerateSerializer, Immutable, Alias("gpusched.PoolView")]
public sealed record PoolView(
    string Name, long Epoch, string? RefusingWork, NodeView[] Nodes, TierCount[] Counts);

/// <summary>How many jobs of a tier are in each state; states without jobs are left out.</summary>
[GenerateSerializer, Immutable, Alias("gpusched.TierCount")]
public sealed record TierCount(string Tier, IReadOnlyDictionary<JobState, int> Jobs);
