using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.WhatIf;

/// <summary><c>64xCPU</c>: a new machine without cards.</summary>
internal sealed record AddCores(int Cores, SimulatedNode Node) : PoolChange
{
    private const long MemoryPerCore = 4096;

    public override string Text => $"+ {Cores} cores in a new machine, {Node.Id}";

    public static AddCores Of(int cores, PoolScenario scenario) =>
        new(cores, new(Machines.NewName(scenario), new(cores, cores * MemoryPerCore, 0, [])));

    public override PoolScenario Apply(PoolScenario scenario) => Machines.With(scenario, Node);
}
