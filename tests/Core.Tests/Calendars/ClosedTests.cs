using System.Globalization;
using GpuScheduler.Core.Calendars;
using GpuScheduler.Core.Config;

namespace GpuScheduler.Core.Tests.Calendars;

/// <summary>When machines are closed: all that is not open, in the rules' own zone.</summary>
public sealed class ClosedTests
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("22:00-07:00", "UTC", 24, "Mon 09:00-Mon 22:00 Tue 07:00-Tue 09:00")]
    [InlineData("22:00-07:00", "Europe/Berlin", 24, "Mon 09:00-Mon 21:00 Tue 06:00-Tue 09:00")]
    [InlineData("08:00-12:00", "UTC", 4, "Mon 12:00-Mon 13:00")]
    [InlineData("always", "UTC", 1000, "")]
    [InlineData("never", "UTC", 2, "Mon 09:00-Mon 11:00")]
    [InlineData("Sat-Sun", "UTC", 24 * 7, "Mon 09:00-Sat 00:00 Mon 00:00-Mon 09:00")]
    public void Is_what_is_not_open(string hours, string zone, int length, string closed)
    {
        var times = NodeCalendar.Of(Rules(hours, zone), "desk", new Dictionary<string, string>())!;

        Assert.Equal(closed, string.Join(' ', times.Closed(Monday, Monday.AddHours(length)).Select(
            one => $"{Text(one.Start)}-{Text(one.End!.Value)}")));
    }

    [Fact]
    public void Every_moment_is_either_open_or_closed()
    {
        var times = NodeCalendar.Of(Rules("Mon-Fri 19:00-07:00", "Europe/Berlin"), "desk", new Dictionary<string, string>())!;
        var from = new DateTimeOffset(2026, 3, 20, 0, 0, 0, TimeSpan.Zero);
        var closed = times.Closed(from, from.AddDays(40));

        for (var time = from; time < from.AddDays(40); time = time.AddMinutes(30))
            Assert.NotEqual(times.At(time).IsOpen, closed.Any(one => one.Start <= time && time < one.End));
    }

    [Fact]
    public void A_machine_that_no_rule_means_has_none() =>
        Assert.Null(NodeCalendar.Of(Rules("never", "UTC"), "lab", new Dictionary<string, string>()));

    private static PoolConfig Rules(string hours, string zone) =>
        new() { Nodes = [new NodeRule { Name = "desk", Available = [hours], Timezone = zone }] };

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("ddd HH:mm", CultureInfo.InvariantCulture);
}
