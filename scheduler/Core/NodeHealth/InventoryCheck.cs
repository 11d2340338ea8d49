using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.NodeHealth;

/// <summary>Whether what a worker announces of its machine can be true. All faults at once.</summary>
internal static class InventoryCheck
{
    /// <summary>What is wrong; empty when the node may join.</summary>
    /// <param name="node">Who joins.</param>
    /// <param name="inventory">What it announces.</param>
    /// <param name="ownerOf">The other connected node that has a card, or null.</param>
    public static IReadOnlyList<Fault> Faults(NodeId node, NodeInventory inventory, Func<string, NodeId?> ownerOf) =>
    [
        .. OfName(node.Name ?? ""),
        .. OfMachine(inventory),
        .. inventory.Devices.SelectMany((device, index) => OfDevice(device, $"devices[{index}]", ownerOf)),
        .. OfDuplicates(inventory.Devices),
        .. OfSlices(inventory.Devices),
    ];

    private static IEnumerable<Fault> OfName(string name)
    {
        const string allowed = "1 to 253 letters, digits, '-', '_' and '.'";
        if (name.Length is < 1 or > 253 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            yield return new Fault("node", name, allowed);
    }

    private static IEnumerable<Fault> OfMachine(NodeInventory inventory)
    {
        if (inventory.CpuCores < 1) yield return new Fault("cpu.cores", $"{inventory.CpuCores}", "1 or more");
        if (inventory.MemoryMib < 1) yield return new Fault("cpu.memory", $"{inventory.MemoryMib}", "1 MiB or more");
        if (inventory.ReservedCores < 0 || inventory.ReservedCores > Math.Max(inventory.CpuCores, 0))
            yield return new Fault("cpu.reservedCores", $"{inventory.ReservedCores}", $"0 to {inventory.CpuCores}, the machine's cores");
    }

    private static IEnumerable<Fault> OfDevice(AnnouncedDevice device, string field, Func<string, NodeId?> ownerOf)
    {
        if (string.IsNullOrWhiteSpace(device.Uuid)) yield return new Fault($"{field}.uuid", "", "the card's uuid");
        else if (ownerOf(device.Uuid) is { } owner)
            yield return new Fault($"{field}.uuid", device.Uuid, $"a uuid unique in the pool; {owner} is connected and has this card");
        if (string.IsNullOrWhiteSpace(device.Model)) yield return new Fault($"{field}.model", "", "the card's model");
        if (device.MemoryMib < 1) yield return new Fault($"{field}.memory", $"{device.MemoryMib}", "1 MiB or more");
    }

    /// <summary>A card that is cut into parts can't run anything as a whole.</summary>
    private static IEnumerable<Fault> OfSlices(IReadOnlyList<AnnouncedDevice> devices)
    {
        var whole = devices.Where(device => device.Mig is null).Select(device => device.Uuid).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < devices.Count; i++)
        {
            if (devices[i].Mig is not { } slice) continue;
            if (!MigNames.IsProfile(slice.Profile)) yield return new Fault($"devices[{i}].mig", slice.Profile, MigNames.Allowed);
            if (whole.Contains(slice.Parent))
                yield return new Fault(
                    $"devices[{i}].parent", slice.Parent, "a card that is not a device itself: its parts take its place");
        }
    }

    private static IEnumerable<Fault> OfDuplicates(IReadOnlyList<AnnouncedDevice> devices) => devices
        .Where(device => !string.IsNullOrWhiteSpace(device.Uuid))
        .GroupBy(device => device.Uuid, StringComparer.Ordinal)
        .Where(same => same.Count() > 1)
        .Select(same => new Fault("devices", same.Key, $"each uuid once; it is given {same.Count()} times"));
}
