using System.Globalization;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Reports;

/// <summary>The drawing of one row of cards.</summary>
internal static class GanttRow
{
    private const double Height = 10;
    private const double Narrowest = 0.5;
    private const int Levels = 5;

    /// <summary>One bar an attempt; those that share a card lie below one another.</summary>
    public static Markup Bars(CardGroup row, TimeAxis axis, TierColors tiers)
    {
        var lanes = new List<double>();
        var placed = row.Spans.OrderBy(span => span.Start).Select(span => (Span: span, Lane: LaneOf(span, lanes))).ToList();
        var high = Height / Math.Max(1, lanes.Count);
        return Markup.Of($"{placed.Select(bar => Bar(bar.Span, bar.Lane * high, high, axis, tiers))}");
    }

    /// <summary>One cell a stretch of time; equal neighbours are one.</summary>
    public static Markup Cells(CardGroup row, TimeAxis axis, TierColors tiers)
    {
        var held = new Dictionary<string, Bins>(StringComparer.Ordinal);
        foreach (var span in row.Spans)
        {
            if (!held.TryGetValue(span.Job.Tier, out var bins))
                held.Add(span.Job.Tier, bins = new(axis.Until));
            bins.Add(span.Start, span.End, span.Amount / row.Cards);
        }

        var cells = Enumerable.Range(0, Bins.Count).Select(bin => Cell(held, bin)).ToList();
        return Markup.Of($"{Runs(cells).Select(run => Cell(cells, run.From, run.To, axis, tiers))}");
    }

    private static Markup Bar(Span span, double y, double high, TimeAxis axis, TierColors tiers)
    {
        var x = axis.X(span.Start);
        var style = tiers.StyleOf(span.Job.Tier) + (span.Done ? "" : " cut");
        return Markup.Of(
            $"<rect class=\"{style}\" x=\"{x}\" y=\"{y}\" width=\"{Math.Max(Narrowest, axis.X(span.End) - x)}\" "
                + $"height=\"{high}\"><title>{Words(span, axis)}</title></rect>");
    }

    private static string Words(Span span, TimeAxis axis)
    {
        var name = span.Job.Job.Draft.Name is { Length: > 0 } given ? given : "job";
        var id = span.Job.Job.Id.Length > 0 ? $" {span.Job.Job.Id}" : "";
        var end = span.Done ? "done" : span.Cause == EndCause.Exited ? "failed" : $"ended by {span.Cause}";
        return $"{name}{id} ({span.Job.Tier}, {span.Job.Job.Draft.User}): {axis.Label(span.Start, span.End)}, {TimeText.Of(span.Length)}, "
            + $"{end}";
    }

    private static int LaneOf(Span span, List<double> ends)
    {
        var free = ends.FindIndex(end => end <= span.Start);
        if (free < 0)
        {
            ends.Add(span.End);
            return ends.Count - 1;
        }

        ends[free] = span.End;
        return free;
    }

    /// <summary>The tier that holds most, and in steps how much all hold; 0: nothing worth a colour.</summary>
    private static (string Tier, int Level) Cell(Dictionary<string, Bins> held, int bin)
    {
        var all = held.Values.Sum(tier => tier[bin]);
        var level = (int)Math.Ceiling(Math.Min(1, all) * Levels - 0.25);
        return level <= 0 ? ("", 0) : (held.MaxBy(tier => tier.Value[bin]).Key, level);
    }

    private static IEnumerable<(int From, int To)> Runs(List<(string Tier, int Level)> cells)
    {
        for (var from = 0; from < cells.Count;)
        {
            var to = from + 1;
            while (to < cells.Count && cells[to] == cells[from])
                to++;

            if (cells[from].Level > 0)
                yield return (from, to);
            from = to;
        }
    }

    private static Markup Cell(List<(string Tier, int Level)> cells, int from, int to, TimeAxis axis, TierColors tiers)
    {
        var (tier, level) = cells[from];
        var (wide, stretch) = (TimeAxis.Scale / Bins.Count, axis.Until / Bins.Count);
        var words = string.Create(
            CultureInfo.InvariantCulture,
            $"{axis.Label(from * stretch, to * stretch)}: about {100 * level / Levels} % held, mostly {tier}");
        return Markup.Of(
            $"<rect class=\"{tiers.StyleOf(tier)} l{level}\" x=\"{from * wide}\" width=\"{(to - from) * wide}\" "
                + $"height=\"{Height}\"><title>{words}</title></rect>");
    }
}
