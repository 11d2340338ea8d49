using Grpc.Core;
using Grpc.Core.Wire;

namespace Grpc.Net.Client;

public sealed class GrpcChannelOptions
{
    /// <summary>Null: what the address's scheme says.</summary>
    public ChannelCredentials? Credentials { get; set; }

    /// <summary>In bytes; null (default) for no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>In bytes; 4 MiB by default, null for no limit.</summary>
    public int? MaxReceiveMessageSize { get; set; } = WireNames.DefaultMaxReceiveMessageSize;

    /// <summary>
    /// Makes the connections: certificates, keep-alive pings, proxies are set there. Exclusive with <see cref="HttpClient"/>.
    /// </summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    public HttpClient? HttpClient { get; set; }

    /// <summary>Whether the channel, when disposed, disposes the handler or client that it was given.</summary>
    public bool DisposeHttpClient { get; set; }
}
