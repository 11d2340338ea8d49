using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Views;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>The pool and its nodes for clients.</summary>
internal static class NodeMapper
{
    public static Wire.Pool ToWire(PoolView view, string version) => new()
    {
        Name = view.Name,
        Epoch = view.Epoch,
        RefusingWork = view.RefusingWork ?? "",
        SchedulerVersion = version,
        Nodes = { view.Nodes.Select(ToWire) },
        Tiers = { view.Counts.Select(ToWire) },
    };

    public static Wire.Node ToWire(NodeView view) => new()
    {
        Name = view.Name,
        State = EnumMapper.ToWire(view.Condition),
        Reason = view.Why,
        CpuCores = view.CpuCores,
        CpuFree = view.CpuFree,
        CpuReserved = view.ReservedCores,
        MemoryMib = view.MemoryMib,
        MemoryFreeMib = view.MemoryFreeMib,
        WorkerVersion = view.WorkerVersion,
        LastSeen = view.LastSeen.ToTimestamp(),
        Devices = { view.Devices.Select(DeviceMapper.ToWire) },
        Jobs = { view.Jobs.Select(job => job.ToString()) },
        Available = view.Availability?.Hours ?? "",
        OpensAt = view.Availability is { IsOpen: false, ChangesAt: { } opening } ? opening.ToTimestamp() : null,
        Acts = { view.Acts.Select(ActMapper.ToWire) },
        ClosesAt = view.Availability is { IsOpen: true, ChangesAt: { } closing } ? closing.ToTimestamp() : null,
        KeptStores = { view.KeptStores.Select(KeptMapper.ToWire) },
        CpuHeldElsewhere = view.CpuElsewhere,
        MemoryHeldElsewhereMib = view.MemoryElsewhereMib,
    };

    private static Wire.TierCount ToWire(TierCount count) => new()
    {
        Tier = count.Tier,
        Pending = count.Jobs.Where(entry => !entry.Key.HoldsAllocation()).Sum(entry => entry.Value),
        Running = count.Jobs.Where(entry => entry.Key.HoldsAllocation()).Sum(entry => entry.Value),
    };
}
