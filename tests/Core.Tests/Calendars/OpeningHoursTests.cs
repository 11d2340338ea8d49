using System.Globalization;
using GpuScheduler.Core.Calendars;

namespace GpuScheduler.Core.Tests.Calendars;

/// <summary>Hours of the week, worked out by hand. 5 January 2026 is a Monday.</summary>
public sealed class OpeningHoursTests
{
    [Theory]
    [InlineData("22:00-07:00", "2026-01-05T21:59:59", false, "2026-01-05T22:00")]
    [InlineData("22:00-07:00", "2026-01-05T22:00", true, "2026-01-06T07:00")]
    [InlineData("22:00-07:00", "2026-01-06T00:00", true, "2026-01-06T07:00")]
    [InlineData("22:00-07:00", "2026-01-06T07:00", false, "2026-01-06T22:00")]
    // Monday to Friday is when it begins: Friday's night ends on Saturday.
    [InlineData("Mon-Fri 19:00-07:00", "2026-01-10T06:00", true, "2026-01-10T07:00")]
    [InlineData("Mon-Fri 19:00-07:00", "2026-01-10T08:00", false, "2026-01-12T19:00")]
    [InlineData("Mon-Fri 19:00-07:00", "2026-01-05T06:00", false, "2026-01-05T19:00")]
    // Windows that touch are one: from Friday's evening to Monday's morning.
    [InlineData("Mon-Fri 19:00-24:00;Sat-Sun;Mon 00:00-07:00", "2026-01-09T20:00", true, "2026-01-12T07:00")]
    [InlineData("20:00-23:00;22:00-02:00", "2026-01-05T20:00", true, "2026-01-06T02:00")]
    [InlineData("12:00-13:00;18:00-19:00", "2026-01-05T13:30", false, "2026-01-05T18:00")]
    [InlineData("Sun 02:00-03:00", "2026-01-05T00:00", false, "2026-01-11T02:00")]
    [InlineData("always", "2026-01-05T00:00", true, null)]
    [InlineData("Mon-Fri;Sat-Sun", "2026-01-05T00:00", true, null)]
    [InlineData("12:00-00:00;00:00-12:00", "2026-01-05T00:00", true, null)]
    [InlineData("never", "2026-01-05T00:00", false, null)]
    [InlineData("never;Tue", "2026-01-05T00:00", false, "2026-01-06T00:00")]
    public void In_universal_time(string windows, string at, bool open, string? until) =>
        Assert.Equal(new Opening(open, until is null ? null : Utc(until)), Hours(windows, "UTC").At(Utc(at)));

    [Theory]
    // Winter: one hour ahead. Summer: two.
    [InlineData("22:00-07:00", "2026-01-05T21:00", true, "2026-01-06T06:00")]
    [InlineData("22:00-07:00", "2026-07-06T20:00", true, "2026-07-07T05:00")]
    // On 29 March the clock goes from 02:00 to 03:00: the night is an hour shorter.
    [InlineData("22:00-07:00", "2026-03-28T21:00", true, "2026-03-29T05:00")]
    // A time that is skipped means the first that exists after it: 03:00, 01:00 UTC.
    [InlineData("22:00-02:30", "2026-03-29T00:59", true, "2026-03-29T01:00")]
    [InlineData("02:30-05:00", "2026-03-29T00:59", false, "2026-03-29T01:00")]
    [InlineData("02:10-02:50", "2026-03-29T00:00", false, "2026-03-30T00:10")]
    // On 25 October it goes from 03:00 back to 02:00: the night is an hour longer.
    [InlineData("22:00-07:00", "2026-10-24T20:00", true, "2026-10-25T06:00")]
    // A time that comes twice means the first: 02:30 is 00:30 UTC.
    [InlineData("22:00-02:30", "2026-10-25T00:29", true, "2026-10-25T00:30")]
    [InlineData("22:00-02:30", "2026-10-25T01:00", false, "2026-10-25T21:00")]
    [InlineData("02:30-05:00", "2026-10-25T00:30", true, "2026-10-25T04:00")]
    [InlineData("02:10-02:50", "2026-10-25T00:10", true, "2026-10-25T00:50")]
    public void In_Berlin_through_both_changes_of_the_clock(string windows, string at, bool open, string until) =>
        Assert.Equal(new Opening(open, Utc(until)), Hours(windows, "Europe/Berlin").At(Utc(at)));

    [Theory]
    [InlineData("2026-01-05T23:00", 8.0, "2026-01-05T23:00")]
    // An hour too long for what is left of the night.
    [InlineData("2026-01-05T23:00", 9.0, "2026-01-06T22:00")]
    [InlineData("2026-01-05T12:00", 9.0, "2026-01-05T22:00")]
    // Too long for every night.
    [InlineData("2026-01-05T12:00", 9.5, null)]
    [InlineData("2026-01-05T23:00", 0.0, "2026-01-05T23:00")]
    public void A_stay_begins_when_it_can_end_in_time(string from, double hours, string? start) =>
        Assert.Equal(start is null ? null : Utc(start), Hours("22:00-07:00", "UTC").FirstStart(Utc(from), TimeSpan.FromHours(hours)));

    [Fact]
    public void A_stay_without_an_end_begins_only_where_nothing_closes()
    {
        var now = Utc("2026-01-05T12:00");

        Assert.Null(Hours("22:00-07:00", "UTC").FirstStart(now, null));
        Assert.Null(Hours("Mon-Sat;Sun 00:00-23:59", "UTC").FirstStart(now, null));
        Assert.Equal(now, Hours("Mon-Sat;Sun", "UTC").FirstStart(now, null));
    }

    [Fact]
    public void Stretches_are_those_to_come_in_order() => Assert.Equal(
        [new Stretch(Utc("2026-01-05T22:00"), Utc("2026-01-06T07:00")), new Stretch(Utc("2026-01-06T22:00"), Utc("2026-01-07T07:00"))],
        Hours("22:00-07:00", "UTC").Stretches(Utc("2026-01-05T12:00"), 2));

    private static OpeningHours Hours(string windows, string zone)
    {
        Assert.True(TimeZones.TryFind(zone, out var found), $"no {zone}: is tzdata installed?");
        return new OpeningHours(
            [.. windows.Split(';').Select(text => WindowText.TryParse(text, out var window) ? window : throw new FormatException(text))],
            found);
    }

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
