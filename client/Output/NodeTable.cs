using System.Globalization;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>Machines as sinfo -N lists them, with what is in use.</summary>
internal static class NodeTable
{
    private const int MibPerGib = 1024;

    public static GrowingTable<Node> Create(int width, Moments moments, bool color, bool slurmHeader) =>
        new(Columns(moments, slurmHeader), width, color);

    private static Column<Node>[] Columns(Moments moments, bool slurmHeader) =>
    [
        new(slurmHeader ? "NODELIST" : "NODE", node => node.Name),
        new("STATE", State) { Color = node => Colors.Of(node.State) },
        new("CPUS", node => $"{node.CpuCores - node.CpuFree}/{node.CpuCores}") { RightAligned = true },
        new("MEM", Memory) { RightAligned = true, DropOrder = 2 },
        new("GPUS", node => $"{node.Devices.Count(device => device.Jobs.Count > 0 || device.HeldElsewhere)}/{node.Devices.Count}")
        {
            RightAligned = true,
        },
        new("CARDS", Cards) { Minimum = 12 },
        new("JOBS", node => node.Jobs.Count.ToString(CultureInfo.InvariantCulture)) { RightAligned = true, DropOrder = 3 },
        new("REASON", node => node.Reason.Length > 0 ? moments.In(node.Reason) : JobRows.None) { Minimum = 19, DropOrder = 1 },
    ];

    /// <summary>A star marks a machine that does not answer, as sinfo does.</summary>
    public static string State(Node node) => EnumNames.Of(node.State) + (node.State == NodeState.Unknown ? "*" : "");

    private static string Memory(Node node) =>
        $"{(node.MemoryMib - node.MemoryFreeMib) / MibPerGib}/{node.MemoryMib / MibPerGib}G";

    private static string Cards(Node node) => node.Devices.Count == 0 ? JobRows.None : string.Join(", ", node.Devices
        .GroupBy(device => CardNames.Of(device))
        .Select(group => $"{group.Count()}x {group.Key}"));
}
