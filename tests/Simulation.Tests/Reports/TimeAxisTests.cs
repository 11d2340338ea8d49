using GpuScheduler.Simulation.Reports;

namespace GpuScheduler.Simulation.Tests.Reports;

/// <summary>Marks stand at round times, and few enough to be read.</summary>
public sealed class TimeAxisTests
{
    [Theory]
    [InlineData(45, "0 10s 20s 30s 40s")]
    [InlineData(7200, "0 30m 1h 1h30m")]
    [InlineData(302_828, "0 1d 2d 3d")]
    [InlineData(30_000_000, "0 90d 180d 270d")]
    public void Without_a_date_time_counts_from_nothing(double until, string labels) =>
        Assert.Equal(labels, Labels(new(until, null, TimeZoneInfo.Utc)));

    [Theory]
    [InlineData(12_600, "07:00 07:30 08:00 08:30 09:00 09:30 10:00")]
    [InlineData(172_800, "Sun 12:00 Mon 00:00 Mon 12:00 Tue 00:00")]
    [InlineData(604_800, "Nov 23 Nov 24 Nov 25 Nov 26 Nov 27 Nov 28 Nov 29")]
    public void Dates_are_marked_where_the_clock_is_round(double until, string labels) =>
        Assert.Equal(labels, Labels(new(until, new DateTimeOffset(2026, 11, 22, 6, 48, 0, TimeSpan.Zero), TimeZoneInfo.Utc)));

    private static string Labels(TimeAxis axis) => string.Join(' ', axis.Ticks().Select(tick => tick.Label));
}
