using System.Net;
using System.Net.Sockets;
using GpuScheduler.Client.Processes;

namespace GpuScheduler.Client.Tests;

/// <summary>Which user's process has a port, for the message of an 'up' whose port is taken.</summary>
public sealed class PortOwnerTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("::")]
    public void A_port_that_is_listened_on_has_an_owner(string address)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();

        Assert.Equal($"a process of user {Environment.UserName}", PortOwner.Of(((IPEndPoint)listener.LocalEndpoint).Port));
    }

    [Fact]
    public void A_port_of_a_connection_has_none()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        client.Connect((IPEndPoint)listener.LocalEndpoint);

        Assert.Null(PortOwner.Of(((IPEndPoint)client.Client.LocalEndPoint!).Port));
    }

    [Fact]
    public void A_port_that_was_let_go_has_none()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        Assert.Null(PortOwner.Of(port));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(70_000)]
    public void What_is_no_port_has_none(int port) => Assert.Null(PortOwner.Of(port));
}
