using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.WhatIf;

/// <summary><c>node7</c>, a machine, or one of its cards by number or uuid: <c>node7/1</c>, <c>node7/GPU-uuid</c>.</summary>
/// <param name="Card">Its uuid, or that of the card of which it has the parts; empty: the whole machine.</param>
internal sealed record Remove(SimulatedNode Node, string Card) : PoolChange
{
    public override string Text => Card.Length == 0 ? $"- machine {Node.Id}" : $"- card {Card} of {Node.Id}";

    /// <param name="text">As given after <c>--remove</c>.</param>
    /// <param name="scenario">The pool so far.</param>
    public static Remove Read(string text, PoolScenario scenario)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var node = Machines.Find(scenario, slash < 0 ? text : text[..slash], "--remove");
        if (slash < 0) return new(node, "");
        var (word, devices) = (text[(slash + 1)..], node.Inventory.Devices.Select(DeviceCatalog.BuiltIn.Classify).ToList());
        return CardWord.Find(devices, [], node.Id.Name, word, out var allowed) is { } card
            ? new(node, card)
            : throw new NotFoundException($"--remove names '{word}'; allowed: {allowed}");
    }

    public override PoolScenario Apply(PoolScenario scenario)
    {
        var rest = Card.Length == 0
            ? scenario with { Nodes = [.. scenario.Nodes.Where(node => node.Id != Node.Id)] }
            : Machines.With(scenario, new(Node.Id, Node.Inventory with { Devices = [.. Node.Inventory.Devices.Where(Stays)] }));
        return rest with
        {
            Faults = [.. scenario.Faults.Where(fault => fault.Node != Node.Id.Name || (Card.Length > 0 && fault.Device != Card))],
        };
    }

    private bool Stays(AnnouncedDevice device) => device.Uuid != Card && device.Mig?.Parent != Card;
}
