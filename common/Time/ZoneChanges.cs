namespace GpuScheduler.Common.Time;

/// <summary>When a time zone's clocks are put forward or back, by this machine's time zone data.</summary>
internal static class ZoneChanges
{
    /// <summary>In order of time: from when on which difference to UTC holds.</summary>
    public static IEnumerable<(DateTimeOffset At, TimeSpan Offset)> Ahead(TimeZoneInfo zone, DateTimeOffset now, int years)
    {
        var end = now.AddYears(years);
        for (var day = now; day < end; day = day.AddDays(1))
        {
            if (zone.GetUtcOffset(day) != zone.GetUtcOffset(day.AddDays(1)))
                yield return (Between(zone, day, day.AddDays(1)), zone.GetUtcOffset(day.AddDays(1)));
        }
    }

    /// <summary>To the second.</summary>
    private static DateTimeOffset Between(TimeZoneInfo zone, DateTimeOffset before, DateTimeOffset after)
    {
        var (low, high) = (before.ToUnixTimeSeconds(), after.ToUnixTimeSeconds());
        var old = zone.GetUtcOffset(before);
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(middle)) == old) low = middle;
            else high = middle;
        }

        return DateTimeOffset.FromUnixTimeSeconds(high);
    }
}
