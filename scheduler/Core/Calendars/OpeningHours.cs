namespace GpuScheduler.Core.Calendars;

/// <summary>Whether it is open at some moment.</summary>
/// <param name="IsOpen">True: open.</param>
/// <param name="Until">When that changes; null: never.</param>
public readonly record struct Opening(bool IsOpen, DateTimeOffset? Until);

/// <summary>Open without a break.</summary>
/// <param name="Start">From this moment on.</param>
/// <param name="End">Until this one, which is not part of it; null: for ever.</param>
public readonly record struct Stretch(DateTimeOffset Start, DateTimeOffset? End);

/// <summary>Hours of the week in a time zone. Pure: the same question always has the same answer.</summary>
/// <param name="windows">Open in any of them; none: never open.</param>
/// <param name="zone">Where their times of the day hold.</param>
public sealed class OpeningHours(IReadOnlyList<WeeklyWindow> windows, TimeZoneInfo zone)
{
    /// <summary>Days in which the next opening shows, even if a clock change swallows one: what is open at all is so every week.</summary>
    public const int Horizon = 16;

    /// <summary>Days of what is open without an end: whatever closes at all does so within a week.</summary>
    private const int Endless = 8;

    /// <summary>A window that began the day before yesterday may still be open.</summary>
    private const int Before = 2;

    /// <summary>Where the times of the day hold.</summary>
    public TimeZoneInfo Zone => zone;

    /// <summary>Windows that touch or overlap are one.</summary>
    public Opening At(DateTimeOffset time)
    {
        if (Stretches(time, Horizon) is not [var next, ..]) return new Opening(false, null);
        return next.Start > time ? new Opening(false, next.Start) : new Opening(true, next.End);
    }

    /// <summary>The first moment, not before another, from which on it stays open for long enough; null: it never does.</summary>
    /// <param name="from">Not before.</param>
    /// <param name="need">How long; null: for ever.</param>
    public DateTimeOffset? FirstStart(DateTimeOffset from, TimeSpan? need) => FirstStart(Stretches(from, Horizon), from, need);

    /// <summary>The same for stretches that were worked out before.</summary>
    public static DateTimeOffset? FirstStart(IReadOnlyList<Stretch> stretches, DateTimeOffset from, TimeSpan? need)
    {
        foreach (var stretch in stretches)
        {
            if (stretch.End <= from) continue;
            var start = stretch.Start > from ? stretch.Start : from;
            if (stretch.End is not { } end || start + need <= end) return start;
        }

        return null;
    }

    /// <summary>All that are not over at a moment and begin within so many days after it, in order.</summary>
    public IReadOnlyList<Stretch> Stretches(DateTimeOffset from, int days)
    {
        var found = new List<Stretch>();
        foreach (var (start, end) in Occurrences(from, days).Where(one => one.End > from && one.End > one.Start).OrderBy(one => one.Start))
        {
            if (found is not [.., var last] || start > last.End) found.Add(new Stretch(start, end));
            else if (end > last.End) found[^1] = last with { End = end };
        }

        found.RemoveAll(stretch => stretch.Start > from.AddDays(days));
        return
        [
            .. found.Select(stretch => stretch.End - stretch.Start > TimeSpan.FromDays(Endless) ? stretch with { End = null } : stretch),
        ];
    }

    /// <summary>When it is closed between two moments, in order.</summary>
    public IReadOnlyList<Stretch> Closed(DateTimeOffset from, DateTimeOffset until)
    {
        var (closed, since) = (new List<Stretch>(), from);
        foreach (var open in Stretches(from, Math.Max(0, (until - from).Days) + 1))
        {
            if (open.Start >= until) break;
            if (open.Start > since) closed.Add(new Stretch(since, open.Start));
            if (open.End is not { } end) return closed;
            since = end;
        }

        if (since < until) closed.Add(new Stretch(since, until));
        return closed;
    }

    private IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Occurrences(DateTimeOffset from, int days)
    {
        var today = TimeZoneInfo.ConvertTime(from, zone).Date;
        return
            from day in Enumerable.Range(-Before, Before + days + Endless + 1)
            let date = today.AddDays(day)
            from window in windows
            where window.Days.Contains(date.DayOfWeek)
            select (TimeZones.Moment(zone, date + window.From), TimeZones.Moment(zone, date + window.To));
    }
}
