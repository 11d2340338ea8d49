using GpuScheduler.Common.Network;

namespace GpuScheduler.Client.Tests.Network;

public sealed class AnyAddressTests
{
    [Theory]
    [InlineData("http://0.0.0.0:7070", true)]
    [InlineData("http://0:7070", true)]
    [InlineData("https://[::]:7070", true)]
    [InlineData("http://[::ffff:0.0.0.0]:7070", true)]
    [InlineData("http://[::1]:7070", false)]
    [InlineData("http://127.0.0.1:7070", false)]
    [InlineData("http://0.0.0.1:7070", false)]
    [InlineData("http://lab:7070", false)]
    public void Only_those_that_mean_every_address_count(string address, bool isAny) => Assert.Equal(isAny, AnyAddress.Is(new(address)));
}
