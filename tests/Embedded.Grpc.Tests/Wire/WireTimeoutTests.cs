using Grpc.Core.Wire;

namespace GpuScheduler.Embedded.Grpc.Tests.Wire;

public sealed class WireTimeoutTests
{
    [Theory]
    [InlineData(-5, "1u")]
    [InlineData(0, "1u")]
    [InlineData(1, "1u")]
    [InlineData(TimeSpan.TicksPerSecond, "1000000u")]
    [InlineData(TimeSpan.TicksPerSecond * 100, "100000m")]
    [InlineData((TimeSpan.TicksPerMillisecond * 100_000) + 1, "100001m")]
    [InlineData(TimeSpan.TicksPerDay * 365, "31536000S")]
    [InlineData(long.MaxValue, "99999999H")]
    public void Smallest_unit_that_fits_in_eight_digits_rounded_up(long ticks, string encoded) =>
        Assert.Equal(encoded, WireTimeout.Encode(TimeSpan.FromTicks(ticks)));

    [Theory]
    [InlineData("1H", 3600_000)]
    [InlineData("2M", 120_000)]
    [InlineData("3S", 3000)]
    [InlineData("4m", 4)]
    [InlineData("5000u", 5)]
    [InlineData("6000000n", 6)]
    [InlineData("00000007S", 7000)]
    public void Every_unit_is_read(string text, double milliseconds)
    {
        Assert.True(WireTimeout.TryDecode(text, out var timeout));
        Assert.Equal(milliseconds, timeout.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("5")]
    [InlineData("5s")]
    [InlineData(" 5S")]
    [InlineData("+5S")]
    [InlineData("5 S")]
    [InlineData("123456789S")]
    public void Anything_else_is_refused(string text) => Assert.False(WireTimeout.TryDecode(text, out _));
}
