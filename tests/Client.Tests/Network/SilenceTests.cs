using System.Net;
using System.Net.Sockets;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Common.Network;
using Grpc.Core;

namespace GpuScheduler.Client.Tests.Network;

/// <summary>What listens and never speaks, such as a scheduler that is stopped, is told apart and waited for up to one limit.</summary>
public sealed class SilenceTests
{
    private const string Words =
        "what listens at http://127.0.0.1:7070 did not answer in time: a scheduler that hangs or is stopped (its log may tell), or "
            + "another program";

    private static readonly Uri Server = new("http://127.0.0.1:7070");

    private static HttpProtocolException UnansweredPing => new(1, "The HTTP/2 server didn't respond to a ping request", null);

    [Fact]
    public async Task An_unanswered_ping_is_no_other_programs_answer()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(((IPEndPoint)silent.LocalEndpoint).Port));

        Assert.Equal(Words, ConnectionFault.Describe(failure, Server, ProxyRoute.Straight));
    }

    [Fact]
    public void It_is_also_told_of_a_stream_that_had_come_about() => Assert.Equal(
        Words, ConnectionFault.Describe(new IOException("The request was aborted.", UnansweredPing), Server, ProxyRoute.Straight));

    [Fact]
    public void A_breach_of_the_rules_is_another_programs_answer() => Assert.StartsWith(
        "what answers at http://127.0.0.1:7070 is no scheduler's",
        ConnectionFault.Describe(
            new HttpRequestException(HttpRequestError.HttpProtocolError, "", new HttpProtocolException(1, "invalid data", null)), Server,
            ProxyRoute.Straight),
        StringComparison.Ordinal);

    [Fact]
    public async Task One_limit_holds_for_all_tries()
    {
        var limits = new List<DateTime?>();

        await FailAsync(limits, Silence(), Silence(), Silence(), Silence());

        Assert.Equal(Enumerable.Repeat<DateTime?>(Cli.Now.AddSeconds(60).UtcDateTime, 4), limits);
    }

    [Fact]
    public async Task A_limit_that_cuts_a_silence_short_is_told_as_the_silence()
    {
        var told = await FailAsync([], Silence(), Silence(), new(new Status(StatusCode.DeadlineExceeded, "")));

        Assert.Equal((69, Words), (told.ExitCode, told.Message));
    }

    private static RpcException Silence() =>
        new(new Status(StatusCode.Internal, "", new HttpRequestException(HttpRequestError.HttpProtocolError, "", UnansweredPing)));

    /// <summary>What a call whose tries fail one after the other comes to; a second passes with each.</summary>
    private static async Task<CommandException> FailAsync(List<DateTime?> limits, params RpcException[] tries)
    {
        var cli = new Cli();
        var left = new Queue<RpcException>(tries);
        using var connection = new SchedulerConnection("http://127.0.0.1:7070", cli.Context());
        return await Assert.ThrowsAsync<CommandException>(() => connection.CallAsync<int>(
            options =>
            {
                limits.Add(options.Deadline);
                cli.Time.Advance(TimeSpan.FromSeconds(1));
                throw left.Dequeue();
            },
            CancellationToken.None));
    }

    /// <summary>With the shortest patience that .NET allows.</summary>
    private static async Task AskAsync(int port)
    {
        using var handler = new SocketsHttpHandler
        {
            KeepAlivePingDelay = TimeSpan.FromSeconds(1), KeepAlivePingTimeout = TimeSpan.FromSeconds(1),
        };
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/")
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
