using GpuScheduler.Client.Terminal;
using GpuScheduler.Common.Network;
using GpuScheduler.Protos.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Polly;

namespace GpuScheduler.Client.Calls;

/// <summary>One channel to the scheduler, with the patience that short calls deserve.</summary>
internal sealed class SchedulerConnection : IDisposable
{
    public const string DefaultAddress = ServerAddress.Default;

    /// <summary>Long enough for a scheduler that recovers a large queue; after this the user should hear about it.</summary>
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(60);

    /// <summary>A scheduler that is just restarted is back before a call's last try, a second or two after its first.</summary>
    private const int MostRetries = 3;

    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    private readonly ClientContext context;
    private readonly GrpcChannel channel;
    private readonly ProxyRoute route;
    private readonly ResiliencePipeline retry;

    public SchedulerConnection(string? server, ClientContext context)
    {
        this.context = context;
        Address = ServerAddress.Of(server, context);
        route = RouteTo(Address, context);
        retry = new Reconnect(context.Time, context.Chance, context.FirstRetry, LongestRetry) { MostRetries = MostRetries }
            .Pipeline(lost => lost.Exception is RpcException failure && GrpcFault.IsTransient(failure));
        channel = GrpcChannel.ForAddress(Address, new GrpcChannelOptions { HttpHandler = NewHandler(), DisposeHttpClient = true });
        Jobs = new JobsService.JobsServiceClient(channel);
        Pools = new PoolsService.PoolsServiceClient(channel);
    }

    public string Address { get; }

    public JobsService.JobsServiceClient Jobs { get; }

    public PoolsService.PoolsServiceClient Pools { get; }

    /// <summary>Makes a call, and makes it again when no scheduler answered: it may just be restarting. Calls that change
    /// something carry a key that makes the repeat harmless. One limit holds for all tries together.</summary>
    public async Task<T> CallAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken)
    {
        var options = WithinLimit(cancellationToken);
        RpcException? unreached = null;
        try
        {
            return await retry.ExecuteAsync(async _ => await OnceAsync(), cancellationToken);
        }
        catch (RpcException failure) when (GrpcFault.IsUnreachable(failure))
        {
            throw Unreachable(failure);
        }

        // The limit says less than what it cut short.
        async Task<T> OnceAsync()
        {
            try
            {
                return await call(options);
            }
            catch (RpcException failure) when (GrpcFault.IsUnreachable(failure))
            {
                unreached = failure;
                throw;
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.DeadlineExceeded && unreached is not null)
            {
                throw Unreachable(unreached);
            }
        }
    }

    /// <summary>For a single try of a short call.</summary>
    public CallOptions WithinLimit(CancellationToken cancellationToken) =>
        new(TraceParent.Of(context), context.Time.GetUtcNow().Add(CallLimit).UtcDateTime, cancellationToken: cancellationToken);

    /// <summary>The causes that can be told apart have words of their own; what is left is that nothing listens there.</summary>
    public CommandException Unreachable(RpcException failure) => new(
        ExitCode.Unreachable,
        GrpcFault.Describe(
            failure, new(Address), route, ": start one with 'gpusched up', or name another with --server or GPUSCHED_SERVER"));

    public void Dispose() => channel.Dispose();

    /// <summary>An address as the scheduler's --listen wants it: without "http://". It refuses "https://", which it can't serve.</summary>
    public static string ToListen(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp
        ? uri.Authority
        : address;

    private static ProxyRoute RouteTo(string address, ClientContext context)
    {
        try
        {
            return ProxyRoute.To(new(address), context.Variable);
        }
        catch (FormatException fault)
        {
            throw CommandException.Usage(fault.Message);
        }
    }

    private SocketsHttpHandler NewHandler()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectPatience,
            // A machine that lost its power says no goodbye, and a stopped process still accepts: pings notice both.
            KeepAlivePingDelay = PingInterval,
            KeepAlivePingTimeout = PingInterval,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            EnableMultipleHttp2Connections = true,
            AllowAutoRedirect = false,
            // What a call tells of its trace is in its own headers: the handler would add a span of its own, which is never sent.
            ActivityHeadersPropagator = null,
        };
        route.ApplyTo(handler);
        return handler;
    }
}
