using GpuScheduler.Client.Commands;

namespace GpuScheduler.Client.Tests;

/// <summary>What 'up' tells other machines of the scheduler's address.</summary>
public sealed class OpenAddressTests
{
    [Theory]
    [InlineData("http://0.0.0.0:7071", true)]
    [InlineData("http://[::]:7071", true)]
    [InlineData("0.0.0.0:7071", true)]
    [InlineData("http://127.0.0.1:7071", false)]
    [InlineData("nonsense", false)]
    public void Only_an_address_for_all_has_one_for_others(string address, bool open) =>
        Assert.Equal(open ? $"http://{Environment.MachineName}:7071" : null, OpenAddress.ForOthers(address));

    [Theory]
    [InlineData("http://0.0.0.0:7071", "http://127.0.0.1:7071")]
    [InlineData("http://[::]:7071", "http://[::1]:7071")]
    [InlineData("0.0.0.0:7071", "http://127.0.0.1:7071")]
    [InlineData("http://127.0.0.1:7071", "http://127.0.0.1:7071")]
    [InlineData("unix:/run/gpusched.sock", "unix:/run/gpusched.sock")]
    public void This_machine_calls_its_loopback(string address, string here) => Assert.Equal(here, OpenAddress.Here(address));
}
