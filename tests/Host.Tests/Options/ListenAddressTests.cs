using GpuScheduler.Host.Options;

namespace GpuScheduler.Host.Tests.Options;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:7070", true)]
    [InlineData("localhost:0", true)]
    [InlineData("http://127.0.0.1:7070", true)]
    [InlineData("[::1]:7070", true)]
    [InlineData("unix:/run/gpusched.sock", true)]
    [InlineData("0.0.0.0:7070", false)]
    [InlineData("[::]:1", false)]
    [InlineData("192.168.1.5:7070", false)]
    public void Address_IsReadAndKnownToBeLocalOrNot(string text, bool local)
    {
        Assert.True(ListenAddress.TryParse(text, out var address));
        Assert.Equal(local, address!.IsLocal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7070")]
    [InlineData(":7070")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("lab.example:7070")]
    [InlineData("::1:7070")]
    [InlineData("https://127.0.0.1:7070")]
    [InlineData("unix:relative")]
    public void AnythingElse_IsRefused(string text) => Assert.False(ListenAddress.TryParse(text, out _));
}
