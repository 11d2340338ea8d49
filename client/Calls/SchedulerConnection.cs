using GpuScheduler.Client.Terminal;
using GpuScheduler.Common.Network;
using GpuScheduler.Protos.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace GpuScheduler.Client.Calls;

/// <summary>One channel to the scheduler, with the patience that short calls deserve.</summary>
internal sealed class SchedulerConnection : IDisposable
{
    public const string DefaultAddress = ServerAddress.Default;

    /// <summary>Long enough for a scheduler that recovers a large queue; after this the user should hear about it.</summary>
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    private readonly ClientContext context;
    private readonly GrpcChannel channel;
    private readonly ProxyRoute route;

    public SchedulerConnection(string? server, ClientContext context)
    {
        this.context = context;
        Address = ServerAddress.Of(server, context);
        route = RouteTo(Address, context);
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
                throw Unreachable(failure);
            }
        }
    }

    /// <summary>For a single try of a short call.</summary>
    public CallOptions WithinLimit(CancellationToken cancellationToken) =>
        new(TraceParent.Of(context), context.Time.GetUtcNow().Add(CallLimit).UtcDateTime, cancellationToken: cancellationToken);

    private static bool IsWorthRepeating(RpcException failure) =>
        failure.StatusCode == StatusCode.Unavailable || RpcErrors.IsUnreachable(failure);

    /// <summary>The causes that can be told apart have words of their own; what is left is that nothing listens there.</summary>
    public CommandException Unreachable(RpcException failure) => new(
        ExitCode.Unreachable,
        ConnectionFault.Describe(RpcErrors.CauseOf(failure), new(Address), route)
            ?? $"no scheduler answers at {Address}: start one with 'gpusched up', or name another with --server or GPUSCHED_SERVER");

    public void Dispose() => channel.Dispose();

    /// <summary>An address as the scheduler's --listen wants it: without the scheme.</summary>
    public static string ToListen(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
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
            // What a call tells of its trace is in its own headers: the handler would put a span between that nobody is sent.
            ActivityHeadersPropagator = null,
        };
        route.ApplyTo(handler);
        return handler;
    }
}
