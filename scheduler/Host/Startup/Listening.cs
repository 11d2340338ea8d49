using GpuScheduler.Host.Options;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace GpuScheduler.Host.Startup;

/// <summary>
/// Where the scheduler listens: gRPC needs HTTP/2, people and Prometheus speak HTTP/1.1, and in plain text one port can't do both.
/// </summary>
internal sealed class Listening(CheckedOptions options)
{
    private ListenOptions? _grpc;
    private ListenOptions? _http;

    /// <summary>For clients: known once the server has started.</summary>
    public string Address => UrlOf(_grpc, options.Listen);

    /// <summary>For browsers; null when not served.</summary>
    public string? HttpAddress => options.Http is null ? null : UrlOf(_http, options.Http);

    /// <summary>What has come in is parsed, and what goes out is sent, on the thread that finds it: a call changes threads three times
    /// less.
    /// Calls themselves run on threads of the pool all the same, so that none that blocks holds up a connection.</summary>
    public static void Configure(SocketTransportOptions sockets) => sockets.UnsafePreferInlineScheduling = true;

    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // Sessions and logs are streams without end, and may be idle or slow for hours.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1_000;
        // Who connects and says nothing, or half of something, is let go: connections and their buffers are not free.
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
        kestrel.Limits.MaxConcurrentConnections = 20_000;
        // A machine that lost its power says no goodbye: this notices.
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(20);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        Listen(kestrel, options.Listen, listen => (_grpc = listen).Protocols = HttpProtocols.Http2);
        if (options.Http is not null) Listen(kestrel, options.Http, listen => (_http = listen).Protocols = HttpProtocols.Http1);
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, Action<ListenOptions> configure)
    {
        if (address.EndPoint is { } endPoint)
        {
            kestrel.Listen(endPoint, configure);
            return;
        }

        // A socket file that a killed scheduler left behind would be in the way; the store's lock keeps a live one safe.
        File.Delete(address.SocketPath!);
        kestrel.ListenUnixSocket(address.SocketPath!, configure);
    }

    private static string UrlOf(ListenOptions? listen, ListenAddress asked) =>
        asked.SocketPath is { } path ? $"unix:{path}" : $"http://{listen?.IPEndPoint ?? asked.EndPoint}";
}
