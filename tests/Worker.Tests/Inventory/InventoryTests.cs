using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Inventory;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Inventory;

public sealed class InventoryTests : IDisposable
{
    private const string Cpu = "cpu: { cores: 32, memory: 128GiB, reservedCores: 4 }\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_declared_inventory_is_read_as_written()
    {
        var inventory = Read($$"""
            node: lab-a100
            {{Cpu}}
            devices:
              - { uuid: GPU-a100-0, model: "NVIDIA A100-SXM4-80GB", memory: 80GiB }
              - { uuid: GPU-4090-0, model: "NVIDIA GeForce RTX 4090", memory: 24564MiB, class: consumer }
            labels: { room: "12" }
            """);

        Assert.Equal(("lab-a100", 32, 128 * 1024L, 4),
            (inventory.Node, inventory.Resources.CpuCores, inventory.Resources.MemoryMib, inventory.Resources.ReservedCores));
        Assert.Equal([DeviceClass.Unspecified, DeviceClass.Consumer], inventory.Resources.Devices.Select(device => device.DeviceClass));
        Assert.Equal([81920L, 24564L], inventory.Resources.Devices.Select(device => device.MemoryMib));
        Assert.Equal("12", inventory.Resources.Labels["room"]);
    }

    [Fact]
    public void What_the_catalog_can_not_know_is_read()
    {
        var resources = Read($$"""
            {{Cpu}}
            driver: 535.104.05
            cuda: 12.2
            devices:
              - { uuid: GPU-1, model: "NVIDIA GeForce RTX 4090", memory: 24GiB, capability: 8.9, ecc: true }
              - { uuid: MIG-1, model: "NVIDIA A100-SXM4-80GB", memory: 9856MiB, mig: 1g.10gb, parent: GPU-2 }
            """).Resources;

        Assert.Equal(("535.104.05", "12.2"), (resources.DriverVersion, resources.CudaVersion));
        Assert.Equal(("8.9", true), (resources.Devices[0].ComputeCapability, resources.Devices[0].Ecc));
        Assert.Equal(
            ("1g.10gb", "GPU-2", false), (resources.Devices[1].MigProfile, resources.Devices[1].ParentUuid, resources.Devices[1].HasEcc));
    }

    [Fact]
    public void Where_cards_sit_is_read_and_may_be_unknown()
    {
        var devices = Read($$"""
            {{Cpu}}
            devices:
              - { uuid: GPU-1, model: "NVIDIA A100-SXM4-80GB", memory: 80GiB, nvlinkGroup: left, numa: 0, pcieSwitch: "0000:17:00.0" }
              - { uuid: GPU-2, model: "NVIDIA A100-SXM4-80GB", memory: 80GiB }
            """).Resources.Devices;

        Assert.Equal(
            ("left", true, 0, "0000:17:00.0"),
            (devices[0].NvlinkGroup, devices[0].HasNumaNode, devices[0].NumaNode, devices[0].PcieSwitch));
        Assert.Equal(("", false, ""), (devices[1].NvlinkGroup, devices[1].HasNumaNode, devices[1].PcieSwitch));
    }

    [Fact]
    public void Power_and_sensors_are_read_and_may_be_unknown()
    {
        var inventory = Read($$"""
            {{Cpu}}
            power: { budget: 900, supply: 1200, base: 250 }
            devices:
              - { uuid: GPU-1, model: "NVIDIA GeForce RTX 4090", memory: 24GiB, powerLimit: 300, temperature: 82, recentFaults: 2 }
              - { uuid: GPU-2, model: "NVIDIA GeForce RTX 4090", memory: 24GiB }
            """);

        Assert.Equal(
            (900, 1200, 250),
            (inventory.Resources.Power.BudgetWatts, inventory.Resources.Power.SupplyWatts, inventory.Resources.Power.BaseWatts));
        Assert.Equal((300, false), (inventory.Resources.Devices[0].PowerLimitWatts, inventory.Resources.Devices[1].HasPowerLimitWatts));
        Assert.Equal(("GPU-1", 82, 2), inventory.Readings.Select(card => (card.Uuid, card.TemperatureCelsius, card.RecentFaults)).Single());
    }

    [Theory]
    [InlineData(Cpu + "power: { supply: 500, base: 500 }\n", "'power.base' is '500'; allowed: a whole number from 0 to 499")]
    [InlineData(Cpu + "power: { budget: much }\n", "'power.budget' is 'much'; allowed: a whole number from 1 to 100000")]
    [InlineData(
        Cpu + "devices:\n  - { uuid: a, model: m, memory: 1GiB, temperature: 400 }\n",
        "'devices[0].temperature' is '400'; allowed: a whole number from 0 to 149")]
    [InlineData("node: x\n", "'cpu' is missing")]
    [InlineData("cpu: { cores: 32, memroy: 1GiB }\n", ":1: unknown field 'cpu.memroy'; did you mean 'memory'?")]
    [InlineData("cpu: { cores: 0, memory: 1GiB }\n", ":1: 'cpu.cores' is '0'; allowed: a whole number from 1")]
    [InlineData("cpu: { cores: 4, memory: -1GiB }\n", "'cpu.memory' is '-1GiB'; allowed: a number with the unit")]
    [InlineData("cpu: { cores: 4, memory: 128 }\n", "'cpu.memory' is '128'")]
    [InlineData("cpu: { cores: 4, memory: 9999999999999999TiB }\n", "'cpu.memory' is")]
    [InlineData("cpu: { cores: 4, memory: 1GiB, reservedCores: 5 }\n", "'cpu.reservedCores' is '5'; allowed: a whole number from 0 to 4")]
    [InlineData("cpu: 4\n", "'cpu' is '4'; allowed: a mapping")]
    [InlineData("node: a/b\n" + Cpu, "'node' is 'a/b'")]
    [InlineData(Cpu + "devices: 3\n", ":2: 'devices' is '3'; allowed: a list")]
    [InlineData(Cpu + "devices:\n  - { uuid: a, model: m }\n", ":3: 'devices[0].memory' is missing")]
    [InlineData(
        Cpu + "devices:\n  - { uuid: a, model: m, memory: 1GiB, class: gaming }\n", "'devices[0].class' is 'gaming'; allowed: datacenter")]
    [InlineData(Cpu + "devices:\n  - { uuid: 'a,b', model: m, memory: 1GiB }\n", "'devices[0].uuid' is 'a,b'")]
    [InlineData(
        Cpu + "devices:\n  - { uuid: a, model: m, memory: 1GiB }\n  - { uuid: a, model: m, memory: 1GiB }\n",
        ":4: 'devices[1].uuid' is 'a', which another")]
    [InlineData(
        Cpu + "devices:\n  - { uuid: a, model: m, memory: 1GiB, capability: '8' }\n",
        "'devices[0].capability' is '8'; allowed: MAJOR.MINOR such as 8.0")]
    [InlineData(
        Cpu + "devices:\n  - { uuid: a, model: m, memory: 1GiB, ecc: maybe }\n", "'devices[0].ecc' is 'maybe'; allowed: true or false")]
    [InlineData(
        Cpu + "devices:\n  - { uuid: a, model: m, memory: 1GiB, mig: half, parent: b }\n",
        "'devices[0].mig' is 'half'; allowed: a profile")]
    [InlineData(
        Cpu + "devices:\n  - { uuid: a, model: m, memory: 1GiB, mig: 1g.10gb }\n",
        "'devices[0].parent' is missing; allowed: the uuid of the card")]
    [InlineData(
        Cpu + "devices:\n  - { uuid: a, model: m, memory: 1GiB, parent: b }\n",
        "'devices[0].parent' is 'b'; allowed: only together with 'mig'")]
    [InlineData(
        Cpu + "devices:\n  - { uuid: a, model: m, memory: 1GiB, numa: -1 }\n",
        "'devices[0].numa' is '-1'; allowed: a whole number from 0 to 1023")]
    [InlineData(
        Cpu + "devices:\n  - { uuid: a, model: m, memory: 1GiB, numa: left }\n",
        "'devices[0].numa' is 'left'; allowed: a whole number from 0")]
    [InlineData(
        Cpu + "devices:\n  - { uuid: a, model: m, memory: 1GiB, nvlinkGroup: [1] }\n",
        "'devices[0].nvlinkGroup' is a list; allowed: a name")]
    [InlineData(
        Cpu + "devices:\n  - { uuid: a, model: m, memory: 1GiB, nvlinkGroup: 'left pair' }\n",
        "'devices[0].nvlinkGroup' is 'left pair'; allowed: a name")]
    [InlineData(
        Cpu + "devices:\n  - { uuid: a, model: m, memory: 1GiB, mig: 1g.10gb, parent: b, nvlinkGroup: left }\n",
        "'devices[0].nvlinkGroup' is 'left'; allowed: only for whole")]
    [InlineData(
        Cpu + "devices:\n  - { uuid: a, model: m, memory: 1GiB, pcieSwitch: '' }\n", "'devices[0].pcieSwitch' is empty; allowed: a name")]
    [InlineData(
        Cpu + "devices:\n  - { uuid: a, model: m, memory: 1GiB, nvlinkgroups: left }\n",
        "unknown field 'devices[0].nvlinkgroups'; did you mean 'nvlinkGroup'?")]
    [InlineData(Cpu + "driver: newest\n", "'driver' is 'newest'; allowed: a version")]
    [InlineData("cpu: { cores: 4,\n", "not valid YAML")]
    [InlineData("", "0 YAML documents; allowed: exactly one")]
    [InlineData("just text\n", "the file is 'just text'; allowed: a mapping")]
    public void Anything_else_is_refused_by_field_value_and_what_is_allowed(string yaml, string complaint)
    {
        var error = Assert.Throws<StartupException>(() => Read(yaml));

        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_at_once_in_the_order_of_the_file()
    {
        var error = Assert.Throws<StartupException>(() => Read("""
            cpu: { cores: many, memroy: 1GiB, reservedCores: 4 }
            devices:
              - { uuid: GPU-0, model: m, memory: 80 }
              - { uuid: GPU-0, memory: 1GiB, class: gaming }
            power: { supply: lots, base: 250 }
            colour: red
            """));

        Assert.Equal(
            [
                ":1: unknown field 'cpu.memroy'; did you mean 'memory'? Allowed: cores, memory, reservedCores",
                ":1: 'cpu.cores' is 'many'; allowed: a whole number from 1 to 100000",
                ":1: 'cpu.memory' is missing; allowed: a number with the unit MiB, GiB or TiB, such as 512MiB, 80GiB or 1.5TiB",
                ":3: 'devices[0].memory' is '80'; allowed: a number with the unit MiB, GiB or TiB, such as 512MiB, 80GiB or 1.5TiB",
                ":4: 'devices[1].model' is missing; allowed: the model's name",
                ":4: 'devices[1].class' is 'gaming'; allowed: datacenter, professional, consumer, integrated, cpu",
                ":4: 'devices[1].uuid' is 'GPU-0', which another device has already; allowed: a uuid of its own for each device",
                ":5: 'power.supply' is 'lots'; allowed: a whole number from 1 to 100000",
                ":6: unknown field 'colour'; did you mean 'cpu'? Allowed: node, cpu, devices, labels, driver, cuda, power",
            ],
            error.Message.Split('\n').Select(line => line[line.IndexOf(".yaml", StringComparison.Ordinal)..][".yaml".Length..]));
    }

    [Fact]
    public void A_directory_is_no_inventory() =>
        Assert.Contains(
            "is a directory", Assert.Throws<StartupException>(() => InventoryFile.Read(_folder.Path)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_FIFO_or_a_file_without_an_end_is_no_inventory()
    {
        foreach (var file in new[] { OddFiles.Fifo(Path.Combine(_folder.Path, "fifo")), "/dev/zero" })
        {
            var refused = await Assert.ThrowsAsync<StartupException>(
                () => Task.Run(() => InventoryFile.Read(file)).WaitAsync(TimeSpan.FromSeconds(60)));

            Assert.Contains("allowed: a readable YAML file", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains(
            "nothing.yaml", Assert.Throws<StartupException>(() => InventoryFile.Read("nothing.yaml")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_huge_file_is_refused_unread() =>
        Assert.Contains("at most", Assert.Throws<StartupException>(() => Read(new string('#', 2 << 20))).Message, StringComparison.Ordinal);

    [Fact]
    public void Detection_heeds_the_cgroup_s_limits()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "proc"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "sys/fs/cgroup"));
        _folder.File("proc/meminfo", "MemTotal:       16777216 kB\nMemFree: 1 kB\n");
        _folder.File("sys/fs/cgroup/memory.max", $"{4L << 30}\n");
        _folder.File("sys/fs/cgroup/cpu.max", "150000 100000\n");

        var found = new DetectedInventory(_folder.Path).Read().Resources;

        Assert.Equal((1, 4096L), (found.CpuCores, found.MemoryMib));
    }

    private NodeInventory Read(string yaml) => InventoryFile.Read(_folder.File("inventory.yaml", yaml));
}
