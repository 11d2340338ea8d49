using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.WhatIf;

/// <summary><c>node7</c>, a machine, or <c>node7/GPU-uuid</c>, one of its cards.</summary>
/// <param name="Card">Its uuid; empty: the whole machine.</param>
internal sealed record Remove(SimulatedNode Node, string Card) : PoolChange
{
    public override string Text => Card.Length == 0 ? $"- machine {Node.Id}" : $"- card {Card} of {Node.Id}";

    /// <param name="text">As given after <c>--remove</c>.</param>
    /// <param name="scenario">The pool so far.</param>
    public static Remove Read(string text, PoolScenario scenario)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var node = Machines.Find(scenario, slash < 0 ? text : text[..slash], "--remove");
        var card = slash < 0 ? "" : text[(slash + 1)..];
        if (slash >= 0 && node.Inventory.Devices.All(device => device.Uuid != card))
            throw new NotFoundException(
                $"--remove names '{card}'; allowed: a card of {node.Id}: "
                    + $"{string.Join(", ", node.Inventory.Devices.Select(device => device.Uuid))}");

        return new(node, card);
    }

    public override PoolScenario Apply(PoolScenario scenario)
    {
        var rest = Card.Length == 0
            ? scenario with { Nodes = [.. scenario.Nodes.Where(node => node.Id != Node.Id)] }
            : Machines.With(
                scenario, new(Node.Id, Node.Inventory with { Devices = [.. Node.Inventory.Devices.Where(device => device.Uuid != Card)] }));
        return rest with
        {
            Faults = [.. scenario.Faults.Where(fault => fault.Node != Node.Id.Name || (Card.Length > 0 && fault.Device != Card))],
        };
    }
}
