namespace GpuScheduler.Core.Calendars;

/// <summary>A submitter's clock: its difference to UTC now, and when that changes. It comes with the submission, so that what "18:00"
/// means depends on nothing that this machine knows of time zones.</summary>
/// <param name="Offset">The clock minus UTC, before the first change.</param>
/// <param name="Changes">In order of time.</param>
public sealed record LocalClock(TimeSpan Offset, IReadOnlyList<ClockChange> Changes)
{
    /// <summary>One that never changes.</summary>
    public static LocalClock Fixed(TimeSpan offset) => new(offset, []);

    /// <summary>From what a call says; nowhere on earth is a clock further than 14 hours from UTC.</summary>
    public static LocalClock Of(int offsetMinutes, IReadOnlyList<ClockChange> changes) =>
        new(TimeSpan.FromMinutes(Math.Clamp(offsetMinutes, -840, 840)), changes);

    /// <summary>The moment as the clock shows it.</summary>
    public DateTimeOffset Show(DateTimeOffset moment)
    {
        var offset = Offset;
        foreach (var change in Changes)
        {
            if (change.At > moment) break;
            offset = change.Offset;
        }

        return moment.ToOffset(offset);
    }

    /// <summary>When the clock shows this. A time that it skips is the moment of the change; of one that comes twice, the first
    /// counts.</summary>
    public DateTimeOffset Moment(DateTime shown)
    {
        // Beyond that no difference counts, and some could not be added.
        if (shown.Year is < 2 or > 9998) return new DateTimeOffset(shown, TimeSpan.Zero);
        var (since, offset) = (DateTimeOffset.MinValue, Offset);
        foreach (var change in Changes)
        {
            var moment = new DateTimeOffset(shown, offset);
            if (moment < change.At) return moment < since ? since : moment;
            (since, offset) = (change.At, change.Offset);
        }

        var last = new DateTimeOffset(shown, offset);
        return last < since ? since : last;
    }
}
