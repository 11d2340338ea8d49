using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GpuScheduler.Client.Tests.Support;

/// <summary>An HTTP/1.1 server that refuses everything, and remembers the first line of what it was asked.</summary>
internal sealed class RecordingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _heard = [];

    public RecordingProxy()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    public IReadOnlyList<string> Heard
    {
        get
        {
            lock (_heard)
                return [.. _heard];
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        try
        {
            var buffer = new byte[4096];
            var read = await stream.ReadAsync(buffer);
            lock (_heard)
                _heard.Add(Encoding.ASCII.GetString(buffer, 0, read).Split('\r')[0]);

            await stream.WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            await stream.FlushAsync();
            // Closing with something unread would reset the connection, and the answer might get lost.
            stream.Socket.Shutdown(SocketShutdown.Send);
            while (await stream.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (IOException)
        {
        }
    }
}
