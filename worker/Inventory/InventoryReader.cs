using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Inventory;

/// <summary>From YAML fields to an inventory: node, cpu { cores, memory, reservedCores }, devices, labels, driver, cuda.</summary>
internal static class InventoryReader
{
    private const int MostCores = 100_000;
    private const int MostDevices = 1_024;

    public static NodeInventory Read(YamlField root)
    {
        var fields = root.Mapping("node", "cpu", "devices", "labels", "driver", "cuda");
        var inventory = new Protos.V1.Inventory();
        ReadCpu(fields.Require("cpu", "cpu: { cores: 32, memory: 128GiB, reservedCores: 4 }"), inventory);
        if (fields.Find("devices") is { } devices)
            inventory.Devices.AddRange(ReadDevices(devices));
        inventory.DriverVersion = fields.Find("driver")?.Text(IsVersion, "a version such as 535.104.05") ?? "";
        inventory.CudaVersion = fields.Find("cuda")?.Text(IsVersion, "a version such as \"12.4\"") ?? "";
        if (fields.Find("labels") is { } labels)
            inventory.Labels.Add(labels.Texts("a mapping of names to texts"));
        return new(fields.Find("node")?.Text(NodeName.IsValid, NodeName.Allowed), inventory);
    }

    private static void ReadCpu(YamlField cpu, Protos.V1.Inventory inventory)
    {
        var fields = cpu.Mapping("cores", "memory", "reservedCores");
        inventory.CpuCores = fields.Require("cores", "a whole number from 1").Number(1, MostCores);
        inventory.MemoryMib = fields.Require("memory", MemorySize.Allowed).MemoryMib();
        inventory.ReservedCores = fields.Find("reservedCores")?.Number(0, inventory.CpuCores) ?? 0;
    }

    private static List<InventoryDevice> ReadDevices(YamlField field)
    {
        var devices = new List<InventoryDevice>();
        foreach (var entry in field.Sequence($"a list of at most {MostDevices} devices, each {{ uuid: …, model: …, memory: 80GiB }}"))
        {
            var device = DeviceReader.Read(entry);
            if (devices.Exists(other => other.Uuid == device.Uuid))
                throw new StartupException($"{entry.Where}: '{entry.Child("uuid")}' is '{device.Uuid}', which another device has already; "
                    + "allowed: a uuid of its own for each device");
            devices.Add(device);
        }

        return devices.Count <= MostDevices
            ? devices
            : throw new StartupException($"{field.Where}: '{field.Name}' has {devices.Count} entries; allowed: at most {MostDevices}");
    }

    private static bool IsVersion(string text) => text.Split('.') is { Length: <= 3 } parts
        && parts.All(part => part.Length is > 0 and < 8 && part.All(char.IsAsciiDigit));
}
