using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.WhatIf;

/// <summary>Something that could be different about a pool, its rules or its work.</summary>
internal abstract record PoolChange
{
    /// <summary>In a few words.</summary>
    public abstract string Text { get; }

    /// <summary>What it costs to buy, if anything.</summary>
    public virtual Purchase? Purchase => null;

    public abstract PoolScenario Apply(PoolScenario scenario);
}

/// <summary>Cards to buy.</summary>
/// <param name="EachUsd">Price at launch, USD; null: the catalog has none.</param>
internal sealed record Purchase(string Model, int Count, int? EachUsd)
{
    public int? TotalUsd => Count * EachUsd;
}
