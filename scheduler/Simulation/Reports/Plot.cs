namespace GpuScheduler.Simulation.Reports;

/// <summary>A chart's frame: drawing that stretches with the window, text that doesn't.</summary>
internal static class Plot
{
    /// <summary>Every drawing is as high, whatever its place on the page.</summary>
    public const double Height = 100;

    private const int Few = 4;

    /// <param name="label">What it shows, for those who can't see it.</param>
    public static Markup Of(string label, Markup drawing, IEnumerable<Tick> below, IEnumerable<Tick> beside)
    {
        var (marks, levels) = (below.ToList(), beside.ToList());
        return Markup.Of($"""
            <div class="plot">
            <div class="y">{levels.Select(tick => Markup.Of($"<span style=\"bottom:{tick.Percent}%\">{tick.Label}</span>"))}</div>
            <svg viewBox="0 0 1000 100" preserveAspectRatio="none" role="img" aria-label="{label}">
            {levels.Select(tick => Markup.Of($"<line class=\"grid\" x1=\"0\" x2=\"1000\" y1=\"{100 - tick.Percent}\" y2=\"{100 - tick.Percent}\"/>"))}
            {drawing}
            </svg>
            {Below(marks)}
            </div>
            """);
    }

    /// <summary>The marks below a drawing; a narrow window has room for every other one of many.</summary>
    public static Markup Below(IEnumerable<Tick> marks)
    {
        var all = marks.ToList();
        return Markup.Of(
            $"<div class=\"{(all.Count > Few ? "x many" : "x")}\">{all.Select(tick => Markup.Of($"<span style=\"left:{tick.Percent}%\">{tick.Label}</span>"))}</div>");
    }

    /// <summary>The area between two step lines; the values are shares of the height, 0 … 1.</summary>
    public static Markup Area(string style, IReadOnlyList<double> lower, IReadOnlyList<double> upper)
    {
        var wide = TimeAxis.Scale / upper.Count;
        var there = upper.Select((value, i) => Markup.Of($"L{i * wide} {Y(value)}L{(i + 1) * wide} {Y(value)}"));
        var back = lower.Select((value, i) => Markup.Of($"L{(i + 1) * wide} {Y(value)}L{i * wide} {Y(value)}")).Reverse();
        return Markup.Of($"<path class=\"{style}\" d=\"M0 {Y(lower[0])}{there}{back}Z\"/>");
    }

    /// <summary>A step line on top of an area.</summary>
    public static Markup Line(string style, IReadOnlyList<double> values)
    {
        var wide = TimeAxis.Scale / values.Count;
        return Markup.Of(
            $"<path class=\"{style}\" d=\"M0 "
                + $"{Y(values[0])}{values.Select((value, i) => Markup.Of($"L{i * wide} {Y(value)}L{(i + 1) * wide} {Y(value)}"))}\"/>");
    }

    /// <summary>What is said of each stretch to a pointer that rests on it.</summary>
    public static Markup Hints(int count, Func<int, string> hint)
    {
        var wide = TimeAxis.Scale / count;
        return Markup.Of(
            $"<g class=\"hints\">{Enumerable.Range(0, count).Select(i => Markup.Of($"<rect x=\"{i * wide}\" width=\"{wide}\" height=\"100\"><title>{hint(i)}</title></rect>"))}</g>");
    }

    private static double Y(double share) => Height * (1 - Math.Clamp(share, 0, 1));
}
