using GpuScheduler.Core.Engine;

namespace GpuScheduler.Grains.Messages;

/// <summary>What a node's worker shall do, in this order.</summary>
/// <param name="Effects">The orders.</param>
/// <param name="Session">The session that they are for: an older or newer one has other orders.</param>
/// <param name="Traces">For each order the span of its dispatch, as a traceparent; null: none is traced.</param>
[GenerateSerializer, Immutable, Alias("gpusched.NodeOrders")]
public sealed record NodeOrders(PoolEffect[] Effects, string Session, string?[]? Traces = null);
