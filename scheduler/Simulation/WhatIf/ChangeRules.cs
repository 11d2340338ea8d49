using GpuScheduler.Core.Config;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.WhatIf;

/// <summary>The pool follows another <c>pool.yaml</c>.</summary>
internal sealed record ChangeRules(string File, PoolConfig Config) : PoolChange
{
    public override string Text => $"rules of {File}";

    public static ChangeRules Read(string file) => new(file, PoolScenario.Rules(file));

    public override PoolScenario Apply(PoolScenario scenario) => scenario with { Config = Config };
}
