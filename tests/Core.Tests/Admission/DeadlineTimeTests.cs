using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Calendars;

namespace GpuScheduler.Core.Tests.Admission;

public sealed class DeadlineTimeTests
{
    /// <summary>A Monday, 10:00 UTC; 11:00 for the user.</summary>
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("now+90", "2026-01-05T10:01:30Z")]
    [InlineData("now+2hours", "2026-01-05T12:00:00Z")]
    [InlineData("now+30min", "2026-01-05T10:30:00Z")]
    [InlineData("now+1weeks", "2026-01-12T10:00:00Z")]
    [InlineData("30s", "2026-01-05T10:00:30Z")]
    [InlineData("5m", "2026-01-05T10:05:00Z")]
    [InlineData("2h", "2026-01-05T12:00:00Z")]
    [InlineData("1d", "2026-01-06T10:00:00Z")]
    [InlineData("0h", null)]
    [InlineData("5x", null)]
    [InlineData("18:00", "2026-01-05T17:00:00Z")]
    [InlineData("10:30", "2026-01-06T09:30:00Z")]
    [InlineData("6:15 PM", "2026-01-05T17:15:00Z")]
    [InlineData("noon", "2026-01-05T11:00:00Z")]
    [InlineData("midnight", "2026-01-05T23:00:00Z")]
    [InlineData("tomorrow", "2026-01-05T23:00:00Z")]
    [InlineData("0107", "2026-01-06T23:00:00Z")]
    [InlineData("0101", "2026-12-31T23:00:00Z")]
    [InlineData("0229", "2028-02-28T23:00:00Z")]
    [InlineData("02/29", "2028-02-28T23:00:00Z")]
    [InlineData("02/29-12:00", "2028-02-29T11:00:00Z")]
    [InlineData("010727", "2027-01-06T23:00:00Z")]
    [InlineData("1/7-09:30", null)]
    [InlineData("01/07-09:30", "2026-01-07T08:30:00Z")]
    [InlineData("01/07/26-09:30:10", "2026-01-07T08:30:10Z")]
    [InlineData("2026-01-07", "2026-01-06T23:00:00Z")]
    [InlineData("2026-01-07T09:30", "2026-01-07T08:30:00Z")]
    [InlineData("2026-01-07T09:30:00Z", "2026-01-07T09:30:00Z")]
    [InlineData("2026-01-07T09:30+02:00", "2026-01-07T07:30:00Z")]
    [InlineData("", null)]
    [InlineData("soon", null)]
    [InlineData("now", null)]
    [InlineData("now+", null)]
    [InlineData("now+5lightyears", null)]
    [InlineData("now+99999999999", null)]
    [InlineData("25:00", null)]
    [InlineData("0230", null)]
    [InlineData("2025-12-31", null)]
    [InlineData("now+999999999days", null)]
    [InlineData("now+999999999hours", null)]
    [InlineData("now+999999999weeks", null)]
    [InlineData("now+3650days", "2036-01-03T10:00:00Z")]
    [InlineData("now+3651days", null)]
    [InlineData("9999-12-31T23:59:59", null)]
    [InlineData("9999-12-31T23:59:59-14:00", null)]
    [InlineData("0001-01-01T00:00:00", null)]
    [InlineData("0001-01-01T00:00:00+14:00", null)]
    public void Reads_Slurms_forms_by_the_users_clock(string text, string? expected)
    {
        var read = DeadlineTime.TryParse(text, "deadline", Now, LocalClock.Fixed(TimeSpan.FromHours(1)), out var time, out var fault);

        Assert.Equal(expected is not null, read);
        if (expected is null) Assert.StartsWith("a time to come", fault!.Allowed, StringComparison.Ordinal);
        else Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), time);
    }

    /// <summary>Central Europe: asked in winter, meant in summer, and the two odd hours of a year.</summary>
    [Theory]
    [InlineData("2026-07-01T12:00", "2026-07-01T10:00:00Z")]
    [InlineData("2026-12-01T12:00", "2026-12-01T11:00:00Z")]
    [InlineData("07/01-12:00", "2026-07-01T10:00:00Z")]
    [InlineData("2026-03-29T02:30", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25T02:30", "2026-10-25T00:30:00Z")]
    [InlineData("2026-07-01T12:00Z", "2026-07-01T12:00:00Z")]
    [InlineData("18:00", "2026-01-05T17:00:00Z")]
    public void Across_a_change_of_clocks_the_clock_of_the_day_counts(string text, string expected)
    {
        var clock = new LocalClock(TimeSpan.FromHours(1),
        [
            new(new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(2)),
            new(new(2026, 10, 25, 1, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(1)),
        ]);

        Assert.True(DeadlineTime.TryParse(text, "deadline", Now, clock, out var time, out _));
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), time);
    }

    [Fact]
    public void The_day_after_a_change_of_clocks_is_read_by_the_new_one()
    {
        var before = new DateTimeOffset(2026, 3, 28, 20, 0, 0, TimeSpan.Zero);
        var clock = new LocalClock(
            TimeSpan.FromHours(1), [new(new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(2))]);

        Assert.True(DeadlineTime.TryParse("18:00", "deadline", before, clock, out var time, out _));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 16, 0, 0, TimeSpan.Zero), time);
    }

    [Theory]
    [InlineData(-840)]
    [InlineData(840)]
    public void No_clock_of_any_zone_leads_out_of_the_calendar(int minutes)
    {
        foreach (var text in new[] { "9999-12-31T23:59:59", "0001-01-01", "0101", "12/31/99", "now+999999999weeks", "midnight" })
        {
            DeadlineTime.TryParse(text, "deadline", Now, LocalClock.Fixed(TimeSpan.FromMinutes(minutes)), out var time, out var fault);

            Assert.True(fault is not null || time > Now, text);
        }
    }
}
