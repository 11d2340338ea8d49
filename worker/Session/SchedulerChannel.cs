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

    public SchedulerChannel(Uri server, string? token)
    {
        // Pings find a peer that vanished without a word (cable, power).
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectPatience,
            KeepAlivePingDelay = PingInterval,
            KeepAlivePingTimeout = PingInterval,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        };
        _channel = GrpcChannel.ForAddress(server, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        if (!string.IsNullOrEmpty(token))
            _metadata.Add("authorization", $"Bearer {token}");
    }

    public AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> Connect(CancellationToken cancellationToken) =>
        new WorkersService.WorkersServiceClient(_channel).Connect(_metadata, cancellationToken: cancellationToken);

    public void Dispose() => _channel.Dispose();
}
