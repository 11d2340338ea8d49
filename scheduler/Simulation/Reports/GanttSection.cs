using System.Globalization;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Reports;

/// <summary>Which card worked for whom, and when. A small replay is drawn attempt by attempt; a large one in cells, and its cards in
/// groups, so that the page stays readable and of bounded size: a note says which.</summary>
internal static class GanttSection
{
    private const int MostRows = 80;
    private const int MostAttempts = 3000;

    public static Markup Of(PoolResult result, TimeAxis axis, TierColors tiers)
    {
        var onCards = result.Spans.Where(span => span.Card.Length > 0).ToList();
        if (result.Cards.Count == 0)
            return Markup.Nothing;

        var fits = result.Cards.Count <= MostRows && onCards.Count <= MostAttempts;
        var rows = fits ? Cards(result, onCards) : Grouped(result, onCards);
        var exact = fits && onCards.Count + rows.Sum(row => row.Down.Count) <= MostAttempts;
        return Markup.Of($"""
            <section>
            <h2>Cards</h2>
            <p class="note">{(exact ? "One row a card, one bar an attempt; pale bars were stopped or failed." : Note(rows, onCards.Count, axis))}</p>
            {tiers.Legend()}
            {DownLegend.Of(result)}
            <div class="gantt">
            {rows.Select(row => Row(row, Markup.Of($"{(exact ? DownRow.Bars(row, axis) : DownRow.Cells(row, axis))}{(exact ? GanttRow.Bars(row, axis, tiers) : GanttRow.Cells(row, axis, tiers))}")))}
            <div class="row"><span></span>{Plot.Below(axis.Ticks())}</div>
            </div>
            </section>
            """);
    }

    private static string Note(IReadOnlyList<CardGroup> rows, int attempts, TimeAxis axis)
    {
        var (fewest, most) = (rows.Min(row => row.Cards), rows.Max(row => row.Cards));
        var size = most == 1 ? "one card" : fewest == most ? Write($"{most} cards") : Write($"{fewest} to {most} cards");
        return Write(
            $"{attempts:N0} bars are too many to be drawn one by one: each row is {size}, each cell {TimeText.Of(axis.Until / Bins.Count)}; the colour is that of the tier that held most, its strength how much was held.");
    }

    private static List<CardGroup> Cards(PoolResult result, List<Span> spans)
    {
        var held = spans.ToLookup(span => span.Card, StringComparer.Ordinal);
        return
        [
            .. result.CardsByNode().GroupBy(card => card.Node, card => card.Card).SelectMany(
                node => Cards(result, node.Key, [.. node], held)),
        ];
    }

    /// <summary>Numbered as 'gpus' does.</summary>
    private static IEnumerable<CardGroup> Cards(PoolResult result, string node, IReadOnlyList<Device> cards, ILookup<string, Span> held)
    {
        var numbers = CardNumbers.Of(cards);
        return cards.Select(card => new CardGroup(
            $"{node} [{numbers[card.Uuid]}] {DeviceCatalog.KeyOf(card.Model)}{(card.Mig is { } part ? $" {part.Profile}" : "")}",
            card.Uuid, 1, [.. held[card.Uuid]], Down(result, node, card.Uuid)));
    }

    private static IReadOnlyList<(double Start, double End, bool IsClosed)> Down(PoolResult result, string node, string card) =>
        result.Downtime.All.Count == 0
            ? []
            :
            [
                .. result.Downtime.Closed(node, card).Select(gap => (gap.Start, gap.End, true)),
                .. result.Downtime.Broken(node, card).Select(gap => (gap.Start, gap.End, false)),
            ];

    /// <summary>Card by card where there is room for that; else machine by machine; else several alike a row.</summary>
    private static List<CardGroup> Grouped(PoolResult result, List<Span> spans)
    {
        if (result.Cards.Count <= MostRows)
            return Cards(result, spans);

        var held = spans.ToLookup(span => span.Node, StringComparer.Ordinal);
        var machines = result.CardsByNode().GroupBy(card => card.Node, card => card.Card).ToList();
        var several = (machines.Count + MostRows - 1) / MostRows;
        return [.. machines.GroupBy(node => node.First().Model).SelectMany(alike => alike.Chunk(several)).Select(nodes => new CardGroup(
            nodes.Length == 1 ? nodes[0].Key : $"{nodes[0].Key} … {nodes[^1].Key}",
            Write($"{nodes.Sum(node => node.Count())} {DeviceCatalog.KeyOf(nodes[0].First().Model)} in {nodes.Length} machines"),
            nodes.Sum(node => node.Count()),
            [.. nodes.SelectMany(node => held[node.Key])],
            [.. nodes.SelectMany(node => node.SelectMany(card => Down(result, node.Key, card.Uuid)))]))];
    }

    private static Markup Row(CardGroup row, Markup drawing) => Markup.Of($"""
        <div class="row"><span title="{row.Name}, {row.Detail}">{row.Name}</span><svg viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="{row.Name}">{drawing}</svg></div>

        """);

    private static string Write(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Cards that share a row.</summary>
/// <param name="Detail">What the name leaves out.</param>
/// <param name="Cards">How many.</param>
/// <param name="Spans">Who held them.</param>
/// <param name="Down">When each of them was closed, or else broken; s.</param>
internal sealed record CardGroup(
    string Name, string Detail, int Cards, IReadOnlyList<Span> Spans, IReadOnlyList<(double Start, double End, bool IsClosed)> Down);
