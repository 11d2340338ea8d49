using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Views;
using GpuScheduler.Host.Observability;

namespace GpuScheduler.Host.Tests.Observability;

/// <summary>Each card and each core is in exactly one state; what another store's attempts hold is not idle.</summary>
public sealed class SupplyStatesTests
{
    [Theory]
    [InlineData(NodeCondition.Idle, false, false, false, "idle")]
    [InlineData(NodeCondition.Mixed, true, false, false, "allocated")]
    [InlineData(NodeCondition.Mixed, false, true, false, "held_elsewhere")]
    [InlineData(NodeCondition.Mixed, false, false, true, "cordoned")]
    [InlineData(NodeCondition.Mixed, false, true, true, "held_elsewhere")]
    [InlineData(NodeCondition.Drained, false, false, false, "cordoned")]
    [InlineData(NodeCondition.Reserved, false, false, false, "closed")]
    [InlineData(NodeCondition.Down, true, true, false, "unreachable")]
    public void A_card_has_one_state(NodeCondition condition, bool job, bool elsewhere, bool cordoned, string state)
    {
        var (node, card) = (Node(condition), Card(job, elsewhere, cordoned));

        Assert.Equal(state, SupplyStates.Of(node, card));
        Assert.Contains(state, SupplyStates.All);
    }

    [Theory]
    [InlineData(NodeCondition.Mixed, "allocated 3, held_elsewhere 2, idle 11")]
    [InlineData(NodeCondition.Draining, "allocated 3, held_elsewhere 2, cordoned 11")]
    [InlineData(NodeCondition.Reserved, "allocated 3, held_elsewhere 2, closed 11")]
    [InlineData(NodeCondition.Unknown, "unreachable 16")]
    public void Cores_add_up_to_the_machine(NodeCondition condition, string states)
    {
        var parts = SupplyStates.OfCores(Node(condition)).ToList();

        Assert.Equal(states, string.Join(", ", parts.Select(part => $"{part.State} {part.Cores}")));
        Assert.Equal(16, parts.Sum(part => part.Cores));
    }

    private static NodeView Node(NodeCondition condition) => new()
    {
        Name = "lab", Condition = condition, Why = "", CpuCores = 16, CpuFree = 11, ReservedCores = 0, MemoryMib = 65_536,
        MemoryFreeMib = 65_536, Devices = [], Jobs = [], WorkerVersion = "1", LastSeen = DateTimeOffset.UnixEpoch, Availability = null,
        Acts = [], KeptStores = [], CpuElsewhere = 2,
    };

    private static DeviceView Card(bool job, bool elsewhere, bool cordoned) => new(
        new Device("GPU-1", "NVIDIA A100-SXM4-80GB", 81_920, DeviceClass.Datacenter, ClassSource.Catalog),
        0,
        cordoned ? new Cordon("fan", "root", DateTimeOffset.UnixEpoch, null) : null,
        job ? [new JobId(1)] : [],
        new DeviceShare("GPU-1", 0, 0),
        OnLoan: false,
        elsewhere);
}
