using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Rules;

/// <summary>Whether what a worker announces of its machine can be true. All faults at once.</summary>
internal static class InventoryCheck
{
    private static readonly string UuidAllowed =
        $"1 … {Limits.UuidLength} letters, digits, '-', '_', '.', ':' and '/', as the driver names the card";

    /// <summary>What is wrong; empty when the node may join.</summary>
    /// <param name="node">Who joins.</param>
    /// <param name="inventory">What it announces.</param>
    /// <param name="ownerOf">What keeps a card with another node, in words; null: nothing does.</param>
    public static IReadOnlyList<Fault> Faults(NodeId node, NodeInventory inventory, Func<string, string?> ownerOf)
    {
        var tooMany = OfCounts(inventory).ToList();
        return tooMany.Count > 0
            ? tooMany
            :
            [
                .. OfName(node.Name ?? ""),
                .. OfMachine(inventory),
                .. inventory.Labels.SelectMany(OfLabel),
                .. inventory.Devices.SelectMany((device, index) => OfDevice(device, $"devices[{index}]", ownerOf)),
                .. OfDuplicates(inventory.Devices),
                .. OfSlices(inventory.Devices),
            ];
    }

    /// <summary>Told alone: no person reads a fault for each of a million cards.</summary>
    private static IEnumerable<Fault> OfCounts(NodeInventory inventory)
    {
        if (inventory.Devices.Count > Limits.NodeDevices)
            yield return new Fault("devices", $"{inventory.Devices.Count} cards", $"at most {Limits.NodeDevices} cards of one machine");
        if (inventory.Labels.Count > Limits.Labels)
            yield return new Fault("labels", $"{inventory.Labels.Count} labels", $"at most {Limits.Labels} labels");
    }

    private static IEnumerable<Fault> OfName(string name)
    {
        if (!NodeNames.IsName(name)) yield return FaultText.Of("node", name, NodeNames.AllowedName);
    }

    private static IEnumerable<Fault> OfMachine(NodeInventory inventory)
    {
        if (inventory.CpuCores is < 1 or > Limits.NodeCores)
            yield return new Fault("cpu.cores", $"{inventory.CpuCores}", $"1 … {Limits.NodeCores}");
        if (inventory.MemoryMib is < 1 or > Limits.MemoryMib)
            yield return new Fault("cpu.memory", $"{inventory.MemoryMib}", $"1 … {Limits.MemoryMib} MiB");
        if (inventory.ReservedCores < 0 || inventory.ReservedCores > Math.Max(inventory.CpuCores, 0))
            yield return new Fault("cpu.reservedCores", $"{inventory.ReservedCores}", $"0 to {inventory.CpuCores}, the machine's cores");
    }

    private static IEnumerable<Fault> OfLabel(KeyValuePair<string, string> label)
    {
        if (label.Key.Length is < 1 or > Limits.LabelLength || !TextRule.IsLine(label.Key))
            yield return FaultText.Of("labels", label.Key, $"names of 1 … {Limits.LabelLength} characters on one line");
        if (label.Value.Length > Limits.LabelLength || !TextRule.IsLine(label.Value))
            yield return FaultText.Of(
                $"labels[{FaultText.Piece(label.Key)}]", label.Value, $"at most {Limits.LabelLength} characters on one line");
    }

    private static IEnumerable<Fault> OfDevice(AnnouncedDevice device, string field, Func<string, string?> ownerOf)
    {
        if (!IsUuid(device.Uuid)) yield return FaultText.Of($"{field}.uuid", device.Uuid, UuidAllowed);
        else if (ownerOf(device.Uuid) is { } owner)
            yield return new Fault(
                $"{field}.uuid", device.Uuid, $"a uuid unique in the pool; {owner}");
        if (string.IsNullOrWhiteSpace(device.Model) || device.Model.Length > Limits.WordLength || !TextRule.IsLine(device.Model))
            yield return FaultText.Of($"{field}.model", device.Model, $"the card's model: 1 … {Limits.WordLength} characters on one line");
        if (device.MemoryMib is < 1 or > Limits.MemoryMib)
            yield return new Fault($"{field}.memory", $"{device.MemoryMib}", $"1 … {Limits.MemoryMib} MiB");
        foreach (var fault in OfPlace(device, field)) yield return fault;
    }

    private static IEnumerable<Fault> OfPlace(AnnouncedDevice device, string field)
    {
        const string group = "letters, digits, '-', '_', '.', ':' and '/', or nothing";
        var (linked, numa, pcie) = (device.Place.NvLinkGroup, device.Place.NumaNode, device.Place.PcieSwitch);
        if (!IsPlace(linked)) yield return FaultText.Of($"{field}.nvlink_group", linked, $"at most {Limits.PlaceLength} {group}");
        if (numa is < 0 or > Limits.Socket) yield return new Fault($"{field}.numa_node", $"{numa}", $"0 … {Limits.Socket}");
        if (!IsPlace(pcie)) yield return FaultText.Of($"{field}.pcie_switch", pcie, $"at most {Limits.PlaceLength} {group}");
        if (device.Facts.Driver.Length > Limits.WordLength || device.Facts.Cuda.Length > Limits.WordLength)
            yield return FaultText.Of($"{field}.driver", device.Facts.Driver, $"at most {Limits.WordLength} characters");
    }

    /// <summary>A card that is cut into parts can't run anything as a whole.</summary>
    private static IEnumerable<Fault> OfSlices(IReadOnlyList<AnnouncedDevice> devices)
    {
        var whole = devices.Where(device => device.Mig is null).Select(device => device.Uuid).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < devices.Count; i++)
        {
            if (devices[i].Mig is not { } slice) continue;
            if (slice.Profile.Length > Limits.WordLength || !MigNames.IsProfile(slice.Profile))
                yield return FaultText.Of($"devices[{i}].mig", slice.Profile, MigNames.Allowed);
            if (!IsUuid(slice.Parent)) yield return FaultText.Of($"devices[{i}].parent", slice.Parent, UuidAllowed);
            if (whole.Contains(slice.Parent))
                yield return FaultText.Of(
                    $"devices[{i}].parent", slice.Parent, "a card that is not a device itself: its parts take its place");
        }
    }

    private static IEnumerable<Fault> OfDuplicates(IReadOnlyList<AnnouncedDevice> devices) => devices
        .Where(device => !string.IsNullOrWhiteSpace(device.Uuid))
        .GroupBy(device => device.Uuid, StringComparer.Ordinal)
        .Where(same => same.Count() > 1)
        .Select(same => FaultText.Of("devices", same.Key, $"each uuid once; it is given {same.Count()} times"));

    /// <summary>These go into a job's environment, where a comma separates.</summary>
    private static bool IsUuid(string text) => text.Length is > 0 and <= Limits.UuidLength && text.All(IsUuidLetter);

    private static bool IsPlace(string text) => text.Length <= Limits.PlaceLength && text.All(IsUuidLetter);

    private static bool IsUuidLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':' or '/';
}
