using GpuScheduler.Core.Model;

namespace GpuScheduler.Simulation.Pools;

/// <summary>Something that happens at a moment of the replay.</summary>
internal abstract record PoolEvent
{
    private PoolEvent()
    {
    }

    public sealed record Arrived(SimulatedJob Job) : PoolEvent;

    public sealed record Started(SimulatedAttempt Attempt) : PoolEvent;

    public sealed record Saved(SimulatedAttempt Attempt) : PoolEvent;

    /// <summary>Its work is done, or its time limit reached.</summary>
    public sealed record Finished(SimulatedAttempt Attempt) : PoolEvent;

    /// <summary>It was told to.</summary>
    public sealed record Stopped(SimulatedAttempt Attempt, EndCause Cause) : PoolEvent;

    public sealed record Broke(SimulatedFault Fault) : PoolEvent;

    public sealed record Repaired(SimulatedFault Fault) : PoolEvent;

    /// <summary>The engine asked to be called.</summary>
    public sealed record Woke : PoolEvent;
}
