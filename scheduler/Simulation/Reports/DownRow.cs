using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation.Reports;

/// <summary>The ground of a row of cards: when they were closed by their hours, or broken.</summary>
internal static class DownRow
{
    private const int Levels = 5;
    private const double Height = 10;

    /// <summary>One bar a spell.</summary>
    public static Markup Bars(CardGroup row, TimeAxis axis) => Markup.Of(
        $"{row.Down.Where(spell => spell.Start < axis.Until).Select(spell => Bar(axis, spell.Start, Math.Min(spell.End, axis.Until), spell.IsClosed))}");

    /// <summary>Cells in steps of how many of the cards were: a path a step, so that a long row stays small.</summary>
    public static Markup Cells(CardGroup row, TimeAxis axis) => Markup.Of($"{Cells(row, axis, isClosed: true)}{Cells(row, axis, isClosed: false)}");

    private static Markup Bar(TimeAxis axis, double start, double end, bool isClosed)
    {
        var (style, words) = isClosed ? ("down closed", "closed") : ("down broken", "broken");
        return Markup.Of(
            $"<rect class=\"{style}\" x=\"{axis.X(start)}\" width=\"{axis.X(end) - axis.X(start)}\" height=\"{Height}\">"
                + $"<title>{words}: {axis.Label(start, end)}, {TimeText.Of(end - start)}</title></rect>");
    }

    private static IEnumerable<Markup> Cells(CardGroup row, TimeAxis axis, bool isClosed)
    {
        var bins = new Bins(axis.Until);
        foreach (var (start, end, _) in row.Down.Where(spell => spell.IsClosed == isClosed))
            bins.Add(start, Math.Min(end, axis.Until), 1.0 / row.Cards);

        var wide = TimeAxis.Scale / Bins.Count;
        var style = isClosed ? "closed" : "broken";
        return Enumerable.Range(0, Bins.Count).GroupBy(bin => (int)Math.Ceiling((Math.Min(1, bins[bin]) * Levels) - 0.25))
            .Where(level => level.Key > 0)
            .Select(level => Markup.Of(
                $"<path class=\"down {style} l{level.Key}\" d=\"{level.Select(bin => Markup.Of($"M{bin * wide} 0h{wide}v{Height}h-{wide}z"))}\"/>"));
    }
}
