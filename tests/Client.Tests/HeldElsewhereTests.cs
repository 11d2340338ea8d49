using System.Text.Json.Nodes;
using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Tests;

/// <summary>What attempts of another store hold is neither free nor idle, wherever machines and cards are listed.</summary>
public sealed class HeldElsewhereTests : IAsyncLifetime
{
    private FakeScheduler _scheduler = null!;

    public async ValueTask InitializeAsync()
    {
        _scheduler = await FakeScheduler.StartAsync();
        _scheduler.Pools.Pool.Nodes.Add(new Node
        {
            Name = "lab", State = NodeState.Mixed, CpuCores = 16, CpuFree = 12, MemoryMib = 65_536, MemoryFreeMib = 61_440,
            CpuHeldElsewhere = 4, MemoryHeldElsewhereMib = 4096,
            Devices =
            {
                new Device
                {
                    Index = 0, Uuid = "GPU-a", Model = "NVIDIA A100-SXM4-80GB", DeviceClass = DeviceClass.Datacenter, MemoryMib = 81_920,
                    State = DeviceState.Healthy, HeldElsewhere = true,
                },
            },
            KeptStores =
            {
                new KeptStore
                {
                    Name = new StoreName { Id = "0123", Generation = 2 },
                    Attempts =
                    {
                        new KeptAttempt
                        {
                            JobId = "7", Attempt = 1, Devices = { new DeviceShare { Uuid = "GPU-a", MilliGpu = 1000 } }, CpuCores = 4,
                            MemoryMib = 4096,
                        },
                    },
                },
                new KeptStore(),
            },
        });
    }

    public async ValueTask DisposeAsync() => await _scheduler.DisposeAsync();

    [Fact]
    public async Task Gpus_says_held_and_counts_none_free()
    {
        var text = (await new Cli(_scheduler).RunAsync("gpus")).Out;

        Assert.Matches(@"lab +\[0\] .* held +other store +GPU-a", text);
        Assert.Contains("0 of 1 cards free", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_counts_it_as_in_use() =>
        Assert.Matches("lab +mixed +4/16 +4/64G +1/1 ", (await new Cli(_scheduler).RunAsync("nodes")).Out);

    [Theory]
    [InlineData("nodes")]
    [InlineData("gpus")]
    public async Task Json_says_what_is_held_and_by_which_stores(string verb)
    {
        var node = JsonNode.Parse((await new Cli(_scheduler).RunAsync(verb, "--output", "json")).Out)!["nodes"]![0]!;

        Assert.Equal((4, 4096), ((int)node["cpuHeldElsewhere"]!, (int)node["memoryHeldElsewhereMib"]!));
        Assert.True((bool)node["devices"]![0]!["heldElsewhere"]!);
        Assert.Equal(
            """{"id":"0123","generation":2,"attempts":[{"job":"7","attempt":1,"devices":["GPU-a"],"cpuCores":4,"memoryMib":4096}]}""",
            node["keptStores"]![0]!.ToJsonString());
        Assert.Equal("""{"id":null,"generation":0,"attempts":[]}""", node["keptStores"]![1]!.ToJsonString());
    }
}
