using FsCheck.Fluent;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Testing;

namespace GpuScheduler.Core.Tests.Admission;

public sealed class TimeLimitsTests
{
    [Theory]
    [InlineData("90", "0-01:30:00")]
    [InlineData("1:30", "0-00:01:30")]
    [InlineData("90:00", "0-01:30:00")]
    [InlineData("1:30:00", "0-01:30:00")]
    [InlineData("48:00:00", "2-00:00:00")]
    [InlineData("2-12", "2-12:00:00")]
    [InlineData("2-12:30", "2-12:30:00")]
    [InlineData("2-12:30:15", "2-12:30:15")]
    [InlineData("0-1", "0-01:00:00")]
    [InlineData("90m", "0-01:30:00")]
    [InlineData("2h", "0-02:00:00")]
    [InlineData("1d", "1-00:00:00")]
    [InlineData("30s", "0-00:00:30")]
    [InlineData("1d12h", "1-12:00:00")]
    [InlineData("1H30M", "0-01:30:00")]
    [InlineData(" 5 ", "0-00:05:00")]
    [InlineData("UNLIMITED", "UNLIMITED")]
    [InlineData("infinite", "UNLIMITED")]
    [InlineData("3650-00", "3650-00:00:00")]
    public void Times_are_read(string text, string canonical)
    {
        Assert.True(TimeLimits.TryParse(text, "time", out var limit, out _));
        Assert.Equal(canonical, TimeLimits.Format(limit));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0:00")]
    [InlineData("0s")]
    [InlineData("-5")]
    [InlineData("1:60")]
    [InlineData("1:60:00")]
    [InlineData("1:00:60")]
    [InlineData("1-24")]
    [InlineData("1-1:60")]
    [InlineData("1-1:1:1:1")]
    [InlineData("1:1:1:1")]
    [InlineData("1-")]
    [InlineData("1-2-3")]
    [InlineData(":30")]
    [InlineData("1.5h")]
    [InlineData("h")]
    [InlineData("1h1h")]
    [InlineData("1m1h")]
    [InlineData("1h30")]
    [InlineData("30s1")]
    [InlineData("2w")]
    [InlineData("3651-00")]
    [InlineData("999999999d")]
    [InlineData("99999999999999")]
    [InlineData("tomorrow")]
    [InlineData("१")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(TimeLimits.TryParse(text, "time", out _, out var fault));
        Faults.AssertNames("time", fault);
    }

    [Fact]
    public void Writing_and_reading_again_changes_nothing() => Prop.ForAll(Gen.Choose(1, 3650 * 86_400).ToArbitrary(), seconds =>
    {
        Assert.True(TimeLimits.TryParse(TimeLimits.Format(TimeSpan.FromSeconds(seconds)), "time", out var again, out _));
        Assert.Equal(TimeSpan.FromSeconds(seconds), again);
    }).Holds();
}
