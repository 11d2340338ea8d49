using GpuScheduler.Grains.Views;

namespace GpuScheduler.Grains.Messages;

/// <summary>What one cycle changed, published after it became durable.</summary>
/// <param name="Epoch">Of the activation that publishes.</param>
/// <param name="Sequence">Grows by one with each change of the epoch: a gap means that changes were missed.</param>
/// <param name="Jobs">Jobs whose visible state changed, as they now stand.</param>
/// <param name="NodesChanged">The nodes or what they hold changed.</param>
[GenerateSerializer, Immutable, Alias("gpusched.PoolChange")]
public sealed record PoolChange(long Epoch, long Sequence, JobView[] Jobs, bool NodesChanged);
