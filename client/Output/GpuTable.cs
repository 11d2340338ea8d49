using System.Globalization;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>One card of one machine.</summary>
internal sealed record CardRow(Node Node, int Index, Device Device);

/// <summary>Cards, one a line, numbered within their machine as nvidia-smi numbers them.</summary>
internal static class GpuTable
{
    public static IReadOnlyList<CardRow> Rows(IEnumerable<Node> nodes) =>
        [.. nodes.SelectMany(node => node.Devices.Select((device, index) => new CardRow(node, index, device)))];

    public static IEnumerable<string> Lines(IReadOnlyList<CardRow> cards, int width, bool color) =>
        FittedTable.Lines(Columns, cards, width, color);

    private static readonly Column<CardRow>[] Columns =
    [
        new("NODE", card => card.Node.Name),
        new("GPU", card => $"[{card.Index}]"),
        new("CARD", card => CardNames.Of(card.Device)) { Minimum = 10 },
        new("CLASS", card => EnumNames.Of(card.Device.DeviceClass)),
        new("MEM", card => Memory(card.Device)) { RightAligned = true, DropOrder = 3 },
        new("USED", card => CardUse.Text(card.Device)) { RightAligned = true, DropOrder = 2 },
        new("STATE", card => State(card.Device)) { Color = card => Colors.Of(card.Device.State) },
        new("JOBS", card => card.Device.Jobs.Count > 0 ? string.Join(',', card.Device.Jobs) : JobRows.None) { Minimum = 6 },
        new("UUID", card => card.Device.Uuid) { Minimum = 12, DropOrder = 1 },
    ];

    /// <summary>That somebody has it only on loan is worth knowing of a card that is well.</summary>
    private static string State(Device device) =>
        device is { State: DeviceState.Healthy, OnLoan: true } ? "on loan" : EnumNames.Of(device.State);

    private static string Memory(Device device) =>
        (device.MemoryMib / 1024.0).ToString("0.#", CultureInfo.InvariantCulture) + "G";
}
