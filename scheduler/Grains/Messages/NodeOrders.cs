using GpuScheduler.Core.Engine;
using Orleans;

namespace GpuScheduler.Grains.Messages;

/// <summary>What a node's worker shall do, in this order.</summary>
[GenerateSerializer, Immutable, Alias("gpusched.NodeOrders")]
public sealed record NodeOrders(PoolEffect[] Effects);
