using GpuScheduler.Core.Calendars;

namespace GpuScheduler.Core.Tests.Calendars;

public sealed class WindowTextTests
{
    [Theory]
    [InlineData("22:00-07:00", "Mon Tue Wed Thu Fri Sat Sun", 22 * 60, 31 * 60)]
    [InlineData("9:30-17:00", "Mon Tue Wed Thu Fri Sat Sun", (9 * 60) + 30, 17 * 60)]
    [InlineData("Mon-Fri 19:00-07:00", "Mon Tue Wed Thu Fri", 19 * 60, 31 * 60)]
    [InlineData("Sat-Sun", "Sat Sun", 0, 24 * 60)]
    [InlineData("Fri-Mon 18:00-24:00", "Fri Sat Sun Mon", 18 * 60, 24 * 60)]
    [InlineData("saturday,SUN 00:00-12:00", "Sat Sun", 0, 12 * 60)]
    [InlineData("Mon,Wed-Thu", "Mon Wed Thu", 0, 24 * 60)]
    [InlineData("always", "Mon Tue Wed Thu Fri Sat Sun", 0, 24 * 60)]
    [InlineData("Never", "", 0, 24 * 60)]
    public void Windows_are_read_as_people_write_them(string text, string days, int from, int to)
    {
        Assert.True(WindowText.TryParse(text, out var window));

        Assert.Equal(days, string.Join(' ', window.Days.Select(day => $"{day}"[..3])));
        Assert.Equal((from, to), ((int)window.From.TotalMinutes, (int)window.To.TotalMinutes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nights")]
    [InlineData("22-07")]
    [InlineData("22:00")]
    [InlineData("25:00-07:00")]
    [InlineData("22:60-07:00")]
    [InlineData("24:00-07:00")]
    [InlineData("24:01-07:00")]
    [InlineData("08:00-08:00")]
    [InlineData("Mo-Fr 08:00-18:00")]
    [InlineData("Mon-Wed-Fri")]
    [InlineData("Mon-Fri 08:00-12:00 13:00-18:00")]
    [InlineData("08:00-12:00 Mon-Fri")]
    public void Anything_else_is_refused(string text) => Assert.False(WindowText.TryParse(text, out _));
}
