using System.Globalization;
using GpuScheduler.Common.Text;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>One card, or part of a card, of one machine.</summary>
/// <param name="Node">The machine.</param>
/// <param name="Index">Its number there; a scheduler from before there were numbers tells none.</param>
/// <param name="Device">The card.</param>
internal sealed record CardRow(Node Node, int Index, Device Device);

/// <summary>Cards, one a line, numbered within their machine as their worker announced them; parts have their card's number.</summary>
internal static class GpuTable
{
    public static IReadOnlyList<CardRow> Rows(IEnumerable<Node> nodes) =>
        [.. nodes.SelectMany(node => node.Devices.Select((device, place) => new CardRow(node, NumberOf(device, place), device)))];

    public static int NumberOf(Device device, int place) => device.HasIndex ? device.Index : place;

    /// <param name="cards">The first: by them it is known which columns are needed.</param>
    /// <param name="width">Of the terminal.</param>
    /// <param name="color">It shows colours.</param>
    public static GrowingTable<CardRow> Create(IReadOnlyList<CardRow> cards, int width, bool color) =>
        new([.. Columns.Where(column => IsNeeded(column, cards))], width, color);

    /// <summary>On a narrow terminal stays what identifies a card and tells how it stands; drain takes its number or UUID.</summary>
    private static readonly Column<CardRow>[] Columns =
    [
        new("NODE", card => card.Node.Name) { Minimum = 16 },
        new("GPU", card => $"[{card.Index}]"),
        new("CARD", card => CardNames.Short(card.Device.Model)) { Minimum = 8 },
        new(Part, card => Or(card.Device.MigProfile)),
        new("CLASS", card => EnumNames.Of(card.Device.DeviceClass)) { DropOrder = 1 },
        new("MEM", card => Memory(card.Device)) { RightAligned = true },
        new("USED", card => CardUse.Text(card.Device)) { RightAligned = true },
        new("STATE", State) { Color = card => IsAway(card.Node) ? Colors.Of(card.Node.State) : Colors.Of(card.Device.State) },
        new("JOBS", card => Jobs(card.Device)) { Minimum = 6 },
        new("UUID", card => card.Device.Uuid) { Minimum = 12 },
    ];

    private const string Part = "MIG";

    /// <summary>A job could have it now.</summary>
    public static bool IsFree(CardRow card) =>
        card.Device is { Jobs.Count: 0, HeldElsewhere: false, State: DeviceState.Healthy } && !IsAway(card.Node);

    /// <summary>The machine does not answer: how its cards are is not known.</summary>
    private static bool IsAway(Node node) => node.State is NodeState.Unknown or NodeState.Down;

    /// <summary>Why cards are out of service; a column of its own would leave no room for the others.</summary>
    public static IEnumerable<string> Drained(IEnumerable<CardRow> cards) => cards
        .Where(card => card.Device.State == DeviceState.Cordoned)
        .Select(card => PlainText.OneLine(
            $"{card.Node.Name} [{card.Index}] {State(card)}{By(card.Device)}{Why(card.Device)}")).Distinct();

    private static string By(Device device) => device.DrainedBy.Length > 0 ? $" by {device.DrainedBy}" : "";

    private static string Why(Device device) => device.DrainReason.Length > 0 ? $": {device.DrainReason}" : "";

    /// <summary>A column about what few pools have is shown where there is something to show.</summary>
    private static bool IsNeeded(Column<CardRow> column, IReadOnlyList<CardRow> cards) =>
        column.Header != Part || cards.Any(card => card.Device.MigProfile.Length > 0);

    private static string Or(string text) => text.Length > 0 ? text : JobRows.None;

    /// <summary>Of a machine that does not answer its own state, with the star of 'nodes'.</summary>
    private static string State(CardRow card) =>
        IsAway(card.Node) && card.Device.State != DeviceState.Cordoned ? NodeTable.State(card.Node) : State(card.Device);

    /// <summary>A card on loan is well: that is the more telling word.</summary>
    private static string State(Device device) => device switch
    {
        { State: DeviceState.Healthy, OnLoan: true } => "on loan",
        { State: DeviceState.Healthy, HeldElsewhere: true } => "held",
        { State: DeviceState.Cordoned } => device.Jobs.Count > 0 || device.HeldElsewhere ? "draining" : "drained",
        _ => EnumNames.Of(device.State),
    };

    private static string Jobs(Device device)
    {
        IEnumerable<string> jobs = device.HeldElsewhere ? device.Jobs.Append("other store") : device.Jobs;
        return jobs.Any() ? string.Join(',', jobs) : JobRows.None;
    }

    private static string Memory(Device device) =>
        (device.MemoryMib / 1024.0).ToString("0.#", CultureInfo.InvariantCulture) + "G";
}
