using System.Net;
using System.Net.Sockets;

namespace GpuScheduler.Common.Ports;

/// <summary>Ports of this machine's loopback. What is free now may be taken a moment later, so a caller must expect that it is.</summary>
internal static class LocalPort
{
    /// <summary>Nothing listens there now, and this user may.</summary>
    /// <param name="port">1 to 65,535.</param>
    public static bool CanListen(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Any that is free, from those that the system lends to clients.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
