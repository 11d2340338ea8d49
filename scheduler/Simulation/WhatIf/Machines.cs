using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.WhatIf;

/// <summary>The machines of a pool, by name.</summary>
internal static class Machines
{
    private const int Named = 20;

    public static SimulatedNode Find(PoolScenario scenario, string name, string flag)
    {
        if (scenario.Nodes.FirstOrDefault(node => node.Id.Name == name) is { } found)
            return found;

        var names = scenario.Nodes.Select(node => node.Id.Name).ToList();
        var near = Nearest.To(name, names, 1) is [var one] ? $"; did you mean '{one}'?" : "";
        throw new NotFoundException(
            $"{flag} names '{name}'; allowed: a machine of the pool: "
                + $"{string.Join(", ", names.Take(Named))}{(names.Count > Named ? " …" : "")}{near}");
    }

    public static NodeId NewName(PoolScenario scenario) => new(Enumerable.Range(1, int.MaxValue).Select(number => $"added-{number}")
        .First(name => scenario.Nodes.All(node => node.Id.Name != name)));

    /// <summary>With this machine, in place of one of the same name.</summary>
    public static PoolScenario With(PoolScenario scenario, SimulatedNode machine) =>
        scenario with { Nodes = [.. scenario.Nodes.Where(node => node.Id != machine.Id), machine] };
}
