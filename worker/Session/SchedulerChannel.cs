using GpuScheduler.Common.Network;
using GpuScheduler.Protos.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace GpuScheduler.Worker.Session;

/// <summary>The way to the scheduler. The token is the only secret the worker knows; it goes into the metadata and nowhere else.</summary>
internal sealed class SchedulerChannel : IDisposable
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);

    private readonly GrpcChannel _channel;
    private readonly Metadata _metadata = [];

    private readonly Uri _server;
    private readonly ProxyRoute _route;

    /// <exception cref="StartupException">A variable names a proxy that is none.</exception>
    public SchedulerChannel(Uri server, string? token, Func<string, string?> variable)
    {
        _server = server;
        _route = RouteTo(server, variable);
        // Pings find a peer that vanished without a word (cable, power).
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectPatience,
            KeepAlivePingDelay = PingInterval,
            KeepAlivePingTimeout = PingInterval,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        };
        _route.ApplyTo(handler);
        _channel = GrpcChannel.ForAddress(server, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        if (!string.IsNullOrEmpty(token))
            _metadata.Add("authorization", $"Bearer {token}");
    }

    /// <summary>Disposing of the call cancels it.</summary>
    public AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> Connect() =>
        new WorkersService.WorkersServiceClient(_channel).Connect(_metadata);

    /// <summary>Why a session did not come about, or ended.</summary>
    public string Reason(Exception error) => error switch
    {
        RpcException rpc when GrpcFault.IsUnreachable(rpc) => GrpcFault.Describe(rpc, _server, _route),
        RpcException rpc => $"{rpc.StatusCode}: {OneLine(rpc.Status.Detail)}",
        _ => error.Message,
    };

    /// <summary>The scheduler names each fault of a refused hello on a line of its own; the log takes one line.</summary>
    private static string OneLine(string faults) => faults.Replace("\n", "; ", StringComparison.Ordinal);

    private static ProxyRoute RouteTo(Uri server, Func<string, string?> variable)
    {
        try
        {
            return ProxyRoute.To(server, variable);
        }
        catch (FormatException fault)
        {
            throw new StartupException(fault.Message);
        }
    }

    public void Dispose() => _channel.Dispose();
}
