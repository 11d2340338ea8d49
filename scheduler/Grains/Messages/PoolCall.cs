using GpuScheduler.Core.Engine;

namespace GpuScheduler.Grains.Messages;

/// <summary>Inputs of one caller, taken in this order and in one cycle: all become durable together or none does.</summary>
/// <param name="Inputs">At least one.</param>
/// <param name="Trace">The caller's span, as a traceparent; null: it isn't traced.</param>
[GenerateSerializer, Immutable, Alias("gpusched.PoolCall")]
public sealed record PoolCall(PoolInput[] Inputs, string? Trace = null)
{
    /// <summary>A call with a single input.</summary>
    public static PoolCall Of(PoolInput input) => new([input]);
}
