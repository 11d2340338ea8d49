using GpuScheduler.Worker.Session;
using Grpc.Core;

namespace GpuScheduler.Worker.Tests.Session;

/// <summary>What the log says of a session that did not come about, or ended.</summary>
public sealed class SchedulerChannelTests
{
    [Fact]
    public void Faults_of_a_refused_hello_are_told_in_one_line() => Assert.Equal(
        "InvalidArgument: node: 'a': taken; cpu_cores: '-1': 1 … 4096",
        Reason(new(new Status(StatusCode.InvalidArgument, "node: 'a': taken\ncpu_cores: '-1': 1 … 4096"))));

    [Fact]
    public async Task Nobody_there_is_told_in_plain_words()
    {
        using var channel = NewChannel();
        using var call = channel.Connect();

        var refused = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Equal("no scheduler answers at http://127.0.0.1:1", channel.Reason(refused));
    }

    [Fact]
    public void A_session_that_breaks_off_is_told_in_plain_words() => Assert.Equal(
        "the scheduler at http://127.0.0.1:1 went away",
        Reason(new(new Status(StatusCode.Unavailable, "Error reading next message.", new IOException("reset")))));

    [Fact]
    public void A_scheduler_that_stops_says_so_itself() => Assert.Equal(
        "Unavailable: the scheduler is stopping", Reason(new(new Status(StatusCode.Unavailable, "the scheduler is stopping"))));

    private static SchedulerChannel NewChannel() => new(new Uri("http://127.0.0.1:1"), null, _ => null);

    private static string Reason(RpcException error)
    {
        using var channel = NewChannel();
        return channel.Reason(error);
    }
}
