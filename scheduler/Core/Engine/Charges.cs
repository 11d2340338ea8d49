using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Quotas;

namespace GpuScheduler.Core.Engine;

/// <summary>What an allocation costs.</summary>
internal static class Charges
{
    /// <summary>Cards by kind. One that its node has not announced (the pool was loaded, the card is gone) counts as no class's.</summary>
    public static IReadOnlyList<CardUse> CardsOf(Allocation allocation, PoolMap map)
    {
        var uses = new List<CardUse>(1);
        foreach (var share in allocation.Nodes)
        {
            foreach (var device in share.Devices) Add(uses, map.Find(share.Node), device);
        }

        return uses.Count == 0 ? [] : uses;
    }

    /// <summary>Cost a second.</summary>
    public static double RateOf(Allocation allocation, IReadOnlyList<CardUse> cards, CostConfig costs) =>
        (allocation.Nodes.Sum(share => share.CpuCores) * costs.CpuCore) + cards.Sum(
            use => use.Milli / (double)DeviceShare.Whole * CostOf(use.Class, costs));

    private static double CostOf(DeviceClass deviceClass, CostConfig costs) => deviceClass switch
    {
        DeviceClass.Datacenter => costs.Datacenter,
        DeviceClass.Professional => costs.Professional,
        DeviceClass.Consumer => costs.Consumer,
        DeviceClass.Integrated => costs.Integrated,
        DeviceClass.Cpu => 0,
    };

    private static void Add(List<CardUse> uses, NodeSlot? slot, DeviceShare held)
    {
        var device = slot is not null && slot.Cards.TryGetValue(held.Uuid, out var card) ? card.Device : null;
        var kind = device is null ? null : slot!.Groups.Find(group => IsOf(group.Kind, device))?.Kind;
        var use = new CardUse(device?.Class ?? DeviceClass.Cpu, kind?.Key ?? "", held.MilliGpu);
        var same = uses.FindIndex(known => known.Class == use.Class && known.Model == use.Model);
        if (same < 0) uses.Add(use);
        else uses[same] = use with { Milli = uses[same].Milli + held.MilliGpu };
    }

    private static bool IsOf(CardKind kind, Device device) =>
        kind.Model == device.Model && kind.MemoryMib == device.MemoryMib && kind.Class == device.Class;
}
