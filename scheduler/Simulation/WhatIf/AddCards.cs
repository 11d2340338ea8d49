using System.Globalization;
using System.Text.RegularExpressions;
using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.WhatIf;

/// <summary>
/// <c>4xRTX4090</c>: cards in a new machine with cores and memory to match; <c>4xRTX4090@node7</c>: in one that is there. The count may
/// stand behind the model, as <c>submit --gpus</c> has it: <c>RTX4090:4</c>.
/// </summary>
internal sealed partial record AddCards(int Count, DeviceModel Model, long MemoryMib, SimulatedNode Node, bool IsNew) : PoolChange
{
    private const int CoresPerCard = 8;
    private const long MemoryPerCard = 65_536;
    private const string Allowed = "COUNTxMODEL[:MEMORY][@NODE] or MODEL[:MEMORY][:COUNT][@NODE], such as 4xRTX4090, "
        + "A100:80GB:2@node7, or 64xCPU for cores";

    public override string Text => $"+ {Count} {Model.Key} in {(IsNew ? "a new machine, " : "")}{Node.Id}";

    public override Purchase Purchase => new(Model.Key, Count, Model.LaunchPriceUsd);

    /// <param name="text">As given after <c>--add</c>.</param>
    /// <param name="scenario">The pool so far: earlier changes included.</param>
    public static PoolChange Read(string text, PoolScenario scenario)
    {
        var match = CountFirst().Match(text) is { Success: true } first ? first : CountLast().Match(text);
        var figures = match.Groups["count"] is { Success: true } given ? given.Value : "1";
        if (!match.Success || !int.TryParse(figures, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is < 1 or > 10_000)
            throw new InputException($"--add is '{text}'; allowed: {Allowed}; COUNT from 1 to 10000");

        var (word, memory, node) = (match.Groups["model"].Value, match.Groups["memory"].Value, match.Groups["node"].Value);
        if (word.Equals("cpu", StringComparison.OrdinalIgnoreCase))
            return memory.Length + node.Length == 0
                ? AddCores.Of(count, scenario)
                : throw new InputException($"--add is '{text}'; allowed: {Allowed}");

        if (DeviceCatalog.BuiltIn.Resolve(word) is not { } key)
            throw new InputException($"--add is '{text}': '{word}' is no card of the catalog; allowed: {Allowed}{Guess(word)}");

        var (model, mib) = Form(text, key, memory);
        var (place, isNew) = node.Length > 0 ? (Machines.Find(scenario, node, "--add"), false) : (Machine(scenario, count), true);
        return new AddCards(count, model, mib, place, isNew);
    }

    public override PoolScenario Apply(PoolScenario scenario)
    {
        var inventory = Node.Inventory;
        var first = inventory.Devices.Count;
        var cards = Enumerable.Range(first, Count).Select(
            index => new AnnouncedDevice($"GPU-whatif-{Node.Id}-{index}", Model.Key, MemoryMib, Model.Class));
        return Machines.With(scenario, new(Node.Id, inventory with { Devices = [.. inventory.Devices, .. cards] }));
    }

    private static (DeviceModel Model, long Mib) Form(string text, string key, string memory)
    {
        var forms = DeviceCatalog.BuiltIn.Models.Where(model => model.Key == key).ToList();
        if (memory.Length == 0)
            return forms.Find(form => form.MemoryMib > 0) is { } usual
                ? (usual, usual.MemoryMib!.Value)
                : throw new InputException($"--add is '{text}'; allowed: {key}:MEMORY, since the catalog doesn't say how much it has");

        if (!MemorySize.TryParse(memory, "memory", out var mib, out var fault))
            throw new InputException($"--add is '{text}': {fault}");

        return (DeviceCatalog.BuiltIn.Find(key, mib) ?? forms[0], mib);
    }

    private static string Guess(string word) =>
        Nearest.To(word, DeviceCatalog.BuiltIn.Keys, 1) is [var near] ? $"; did you mean '{near}'?" : "";

    private static SimulatedNode Machine(PoolScenario scenario, int count) =>
        new(Machines.NewName(scenario), new(count * CoresPerCard, count * MemoryPerCard, 0, []));

    [GeneratedRegex("^(?<count>[0-9]+) *[xX] *(?<model>[^:@]+)(:(?<memory>[^@]+))?(@(?<node>.+))?$")]
    private static partial Regex CountFirst();

    [GeneratedRegex("^(?<model>[^:@]+)(:(?<memory>[^:@]*[A-Za-z]))?(:(?<count>[0-9]+))?(@(?<node>.+))?$")]
    private static partial Regex CountLast();
}
