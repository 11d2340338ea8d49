using System.Net;
using System.Net.Sockets;
using GpuScheduler.Host.Tests.Extremes;
using GpuScheduler.Protos.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace GpuScheduler.Host.Tests.Startup;

/// <summary>A start and a stop with which nothing is wrong: its log has no warning.</summary>
public sealed class QuietRunTests
{
    // Nothing listens there: a collector that is away is no fault of the start.
    private static readonly KeyValuePair<string, string> s_collector = new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9");

    [Fact]
    public async Task A_start_that_sends_to_a_collector_warns_of_nothing()
    {
        using var scheduler = await SchedulerProcess.StartAsync(s_collector);

        AssertQuiet(await scheduler.TerminateAsync());
    }

    /// <summary>The library alone would wait for it for five seconds, twice: longer than a container is given to stop.</summary>
    [Fact]
    public async Task A_stop_leaves_a_collector_behind_that_never_answers()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var scheduler = await SchedulerProcess.StartAsync(
            KeyValuePair.Create("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://{silent.LocalEndpoint}"));

        var said = await scheduler.TerminateAsync();

        Assert.Contains("INF] The collector did not answer within a second", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_says_so_and_is_no_fault_of_the_nodes()
    {
        using var scheduler = await SchedulerProcess.StartAsync();
        using var channel = GrpcChannel.ForAddress(scheduler.Address);
        using var session = await Join(channel);

        var stop = scheduler.TerminateAsync();
        var told = await Assert.ThrowsAsync<RpcException>(() => session.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        var said = await stop;

        Assert.Equal(StatusCode.Unavailable, told.StatusCode);
        Assert.Contains("INF] The scheduler stops", said, StringComparison.Ordinal);
        Assert.Contains("INF] Node lab left session", said, StringComparison.Ordinal);
        AssertQuiet(said);
    }

    [Fact]
    public async Task A_worker_that_says_goodbye_is_no_fault()
    {
        using var scheduler = await SchedulerProcess.StartAsync();
        using var channel = GrpcChannel.ForAddress(scheduler.Address);
        using var session = await Join(channel);

        await session.RequestStream.CompleteAsync();
        while (await session.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
        {
        }

        var said = await scheduler.TerminateAsync();
        Assert.Matches("INF\\] Node lab left session .*the worker ended the session", said);
        AssertQuiet(said);
    }

    [Fact]
    public async Task A_stop_before_the_start_is_done_is_no_fault()
    {
        var said = await SchedulerProcess.StopWhileItStartsAsync("] Pool default loaded");

        Assert.Contains("INF] The scheduler stops", said, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected error", said, StringComparison.Ordinal);
        AssertQuiet(said);
    }

    /// <summary>A worker that was welcomed.</summary>
    private static async Task<AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse>> Join(GrpcChannel channel)
    {
        var session = new WorkersService.WorkersServiceClient(channel).Connect(
            cancellationToken: TestContext.Current.CancellationToken);
        var hello = WireHost.Hello();
        hello.Hello.Attempts.Clear();
        await session.RequestStream.WriteAsync(hello, TestContext.Current.CancellationToken);
        Assert.True(await session.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        return session;
    }

    internal static void AssertQuiet(string said)
    {
        foreach (var level in (string[])[" WRN]", " ERR]", " FTL]"]) Assert.DoesNotContain(level, said, StringComparison.Ordinal);
    }
}
