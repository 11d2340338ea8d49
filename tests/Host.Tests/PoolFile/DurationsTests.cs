using GpuScheduler.Host.PoolFile;

namespace GpuScheduler.Host.Tests.PoolFile;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("3s", 3_000)]
    [InlineData("10m", 600_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("1d", 86_400_000)]
    public void Written_ReadsBackTheSame(string text, long milliseconds)
    {
        Assert.True(Durations.TryParse(text, out var span));
        Assert.Equal(milliseconds, span.TotalMilliseconds);
        Assert.Equal(text, Durations.Format(span));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("1.5h")]
    [InlineData("5 s")]
    [InlineData("5sec")]
    [InlineData("99999999999s")]
    [InlineData("2147483647d")]
    public void AnythingElse_IsRefused(string text) => Assert.False(Durations.TryParse(text, out _));
}
