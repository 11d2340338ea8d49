using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Inventory;

/// <summary>From YAML fields to an inventory: node, cpu { cores, memory, reservedCores }, devices, labels, driver, cuda,
/// power { budget, supply, base }.</summary>
internal static class InventoryReader
{
    private const int MostCores = 100_000;
    private const int MostDevices = 1_024;
    private const int MostWatts = 100_000;

    public static NodeInventory Read(YamlField root)
    {
        var fields = root.Mapping("node", "cpu", "devices", "labels", "driver", "cuda", "power");
        var (inventory, readings) = (new Protos.V1.Inventory(), new List<DeviceReading>());
        if (fields.Require("cpu", "cpu: { cores: 32, memory: 128GiB, reservedCores: 4 }") is { } cpu)
            ReadCpu(cpu, inventory);
        if (fields.Find("devices") is { } devices)
            ReadDevices(devices, inventory, readings);
        inventory.DriverVersion = fields.Find("driver")?.Text(IsVersion, "a version such as 535.104.05") ?? "";
        inventory.CudaVersion = fields.Find("cuda")?.Text(IsVersion, "a version such as \"12.4\"") ?? "";
        if (fields.Find("labels") is { } labels)
            inventory.Labels.Add(labels.Texts("a mapping of names to texts"));
        if (fields.Find("power") is { } power)
            inventory.Power = ReadPower(power);
        return new(fields.Find("node")?.Text(NodeName.IsValid, NodeName.Allowed), inventory) { Readings = readings };
    }

    private static MachinePower ReadPower(YamlField field)
    {
        var fields = field.Mapping("budget", "supply", "base");
        var power = new MachinePower();
        if (fields.Find("budget") is { } budget) power.BudgetWatts = budget.Number(1, MostWatts);
        if (fields.Find("supply") is { } supply) power.SupplyWatts = supply.Number(1, MostWatts);
        power.BaseWatts = fields.Find("base")?.Number(0, power.SupplyWatts > 0 ? power.SupplyWatts - 1 : MostWatts) ?? 0;
        return power;
    }

    private static void ReadCpu(YamlField cpu, Protos.V1.Inventory inventory)
    {
        var fields = cpu.Mapping("cores", "memory", "reservedCores");
        inventory.CpuCores = fields.Require("cores", "a whole number from 1")?.Number(1, MostCores) ?? 0;
        inventory.MemoryMib = fields.Require("memory", MemorySize.Allowed)?.MemoryMib() ?? 0;
        var mostReserved = inventory.CpuCores > 0 ? inventory.CpuCores : MostCores;
        inventory.ReservedCores = fields.Find("reservedCores")?.Number(0, mostReserved) ?? 0;
    }

    private static void ReadDevices(YamlField field, Protos.V1.Inventory inventory, List<DeviceReading> readings)
    {
        var entries = field.Sequence($"a list of at most {MostDevices} devices, each {{ uuid: …, model: …, memory: 80GiB }}");
        if (entries.Count > MostDevices)
            field.Note($"'{field.Name}' has {entries.Count} entries; allowed: at most {MostDevices}");
        foreach (var entry in entries.Take(MostDevices))
        {
            var (device, reading) = DeviceReader.Read(entry);
            if (device.Uuid.Length > 0 && inventory.Devices.Any(other => other.Uuid == device.Uuid))
                entry.Note($"'{entry.Child("uuid")}' is '{device.Uuid}', which another device has already; "
                    + "allowed: a uuid of its own for each device");
            inventory.Devices.Add(device);
            if (reading is not null) readings.Add(reading);
        }
    }

    private static bool IsVersion(string text) => text.Split('.') is { Length: <= 3 } parts
        && parts.All(part => part.Length is > 0 and < 8 && part.All(char.IsAsciiDigit));
}
