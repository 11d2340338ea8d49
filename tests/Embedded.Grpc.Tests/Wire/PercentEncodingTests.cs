using Grpc.Core.Wire;

namespace GpuScheduler.Embedded.Grpc.Tests.Wire;

public sealed class PercentEncodingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain text, ~!", "plain text, ~!")]
    [InlineData("100 %", "100 %25")]
    [InlineData("a\nb\t", "a%0Ab%09")]
    [InlineData("ü€", "%C3%BC%E2%82%AC")]
    [InlineData("🖥", "%F0%9F%96%A5")]
    public void Text_goes_both_ways(string text, string encoded)
    {
        Assert.Equal(encoded, PercentEncoding.Encode(text));
        Assert.Equal(text, PercentEncoding.Decode(encoded));
    }

    [Theory]
    [InlineData("%", "%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz and %41", "%zz and A")]
    [InlineData("%c3%bc", "ü")]
    public void Broken_escapes_stay_as_they_are(string encoded, string text) => Assert.Equal(text, PercentEncoding.Decode(encoded));
}
