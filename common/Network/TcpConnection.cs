using System.Net.Sockets;

namespace GpuScheduler.Common.Network;

/// <summary>
/// Connects as .NET does without being told how. Named all the same: left to itself, gRPC's client opens sockets of its own first, which
/// know no proxy, names no cause when that fails, and waits up to two minutes before it looks for a scheduler again.
/// </summary>
internal static class TcpConnection
{
    public static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
