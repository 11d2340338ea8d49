
namespace GpuScheduler.Grains.Messages;

/// <summary>A point in a pool's stream of changes.</summary>
[GenerateSerializer, Immutable, Alias("gpusched.PoolMark")]
public sealed record PoolMark(long Epoch, long Sequence);
