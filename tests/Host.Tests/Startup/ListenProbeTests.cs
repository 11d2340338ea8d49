using System.Net;
using System.Net.Sockets;
using GpuScheduler.Core.Config;
using GpuScheduler.Host.Options;
using GpuScheduler.Host.PoolFile;
using GpuScheduler.Host.Startup;
using Serilog.Events;

namespace GpuScheduler.Host.Tests.Startup;

/// <summary>An address that can't be listened on is told in one line, before anything starts.</summary>
public sealed class ListenProbeTests
{
    [Fact]
    public void A_port_that_is_taken_is_named()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        var taken = $"{other.LocalEndPoint}";

        var fault = Assert.Single(ListenProbe.Faults(At(taken)));

        Assert.Equal(
            $"--listen: 'http://{taken}': a port that is free: another program, maybe another scheduler, listens on this one", $"{fault}");
    }

    [Theory]
    [InlineData("127.0.0.1:0", null)]
    [InlineData("[::1]:0", null)]
    [InlineData("192.0.2.1:7070", "an address of this machine")]
    [InlineData("unix:/no/such/folder/socket", "a socket in a folder that exists")]
    public void Free_ports_pass_and_foreign_addresses_do_not(string address, string? allowed) =>
        Assert.Equal(allowed is null ? [] : [allowed], ListenProbe.Faults(At(address)).Select(fault => fault.Allowed));

    private static CheckedOptions At(string text)
    {
        Assert.True(ListenAddress.TryParse(text, out var address));
        return new CheckedOptions("/data", address!, null, new PoolConfig(), PoolFilePath.Of(""), "", LogEventLevel.Information);
    }
}
