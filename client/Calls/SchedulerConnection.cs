using GpuScheduler.Client.Terminal;
using GpuScheduler.Protos.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace GpuScheduler.Client.Calls;

/// <summary>One channel to the scheduler, with the patience that short calls deserve.</summary>
internal sealed class SchedulerConnection : IDisposable
{
    public const string DefaultAddress = "http://127.0.0.1:7070";

    /// <summary>Long enough for a scheduler that recovers a large queue; after this the user should hear about it.</summary>
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    private readonly ClientContext context;
    private readonly GrpcChannel channel;

    public SchedulerConnection(string? server, ClientContext context)
    {
        this.context = context;
        Address = AddressOf(server, context);
        channel = GrpcChannel.ForAddress(Address, new GrpcChannelOptions { HttpHandler = NewHandler(), DisposeHttpClient = true });
        Jobs = new JobsService.JobsServiceClient(channel);
        Pools = new PoolsService.PoolsServiceClient(channel);
    }

    public string Address { get; }

    public JobsService.JobsServiceClient Jobs { get; }

    public PoolsService.PoolsServiceClient Pools { get; }

    /// <summary>Makes a call, and makes it again when no scheduler answered: it may just be restarting. Calls that change
    /// something carry a key that makes the repeat harmless.</summary>
    public async Task<T> CallAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await call(WithinLimit(cancellationToken));
            }
            catch (RpcException failure) when (IsWorthRepeating(failure) && attempt < context.RetryDelays.Count)
            {
                await Task.Delay(context.RetryDelays[attempt], context.Time, cancellationToken);
            }
            catch (RpcException failure) when (RpcErrors.IsUnreachable(failure))
            {
                throw Unreachable();
            }
        }
    }

    /// <summary>For a single try of a short call.</summary>
    public CallOptions WithinLimit(CancellationToken cancellationToken) =>
        new(deadline: context.Time.GetUtcNow().Add(CallLimit).UtcDateTime, cancellationToken: cancellationToken);

    private static bool IsWorthRepeating(RpcException failure) =>
        failure.StatusCode == StatusCode.Unavailable || RpcErrors.IsUnreachable(failure);

    public CommandException Unreachable() => new(
        ExitCode.Unreachable,
        $"no scheduler answers at {Address}: start one with 'gpusched up', or name another with --server or GPUSCHED_SERVER");

    public void Dispose() => channel.Dispose();

    /// <summary>An address as the scheduler's --listen wants it: without the scheme.</summary>
    public static string ToListen(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? uri.Authority
        : address;

    private SocketsHttpHandler NewHandler() => new()
    {
        ConnectTimeout = ConnectPatience,
        // A machine that lost its power says no goodbye, and a stopped process still accepts: pings notice both.
        KeepAlivePingDelay = PingInterval,
        KeepAlivePingTimeout = PingInterval,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        EnableMultipleHttp2Connections = true,
        AllowAutoRedirect = false,
        // A proxy named by the environment can't reach this machine's own loopback.
        UseProxy = !new Uri(Address).IsLoopback,
    };

    private static string AddressOf(string? server, ClientContext context)
    {
        var fromVariable = context.Variable("GPUSCHED_SERVER");
        var (field, text) = server is not null ? ("--server", server)
            : fromVariable.Length > 0 ? ("GPUSCHED_SERVER", fromVariable)
            : ("", DefaultAddress);
        if (!text.Contains("://", StringComparison.Ordinal))
            text = "http://" + text;

        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? text
            : throw CommandException.Usage($"{field}: '{text}': an address such as {DefaultAddress}");
    }
}
