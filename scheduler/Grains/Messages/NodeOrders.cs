using GpuScheduler.Core.Engine;

namespace GpuScheduler.Grains.Messages;

/// <summary>What a node's worker shall do, in this order.</summary>
/// <param name="Effects">The orders.</param>
/// <param name="Session">The session that they are for: an older or newer one has other orders.</param>
[GenerateSerializer, Immutable, Alias("gpusched.NodeOrders")]
public sealed record NodeOrders(PoolEffect[] Effects, string Session);
