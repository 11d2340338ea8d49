using GpuScheduler.Client.Tests.Support;
using Grpc.Core;

namespace GpuScheduler.Client.Tests;

/// <summary>A short call is made again, for as long as a restart of the scheduler takes.</summary>
public sealed class CallRetryTests : IAsyncLifetime
{
    private FakeScheduler _scheduler = null!;

    public async ValueTask InitializeAsync() => _scheduler = await FakeScheduler.StartAsync();

    public async ValueTask DisposeAsync() => await _scheduler.DisposeAsync();

    [Fact]
    public async Task A_scheduler_that_is_back_soon_is_not_noticed()
    {
        Fail(StatusCode.Unavailable, 3);

        var (result, _) = await QueueAsync();

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task One_that_stays_away_is_waited_for_a_second_or_two()
    {
        Fail(StatusCode.Unavailable, 5);

        var (result, waited) = await QueueAsync();

        Assert.Equal(75, result.ExitCode);
        Assert.InRange(waited, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2.5));
        Assert.Single(_scheduler.Jobs.Failures);
    }

    [Fact]
    public async Task A_refusal_is_told_at_once()
    {
        Fail(StatusCode.InvalidArgument, 1);

        var (result, waited) = await QueueAsync();

        Assert.Equal((3, TimeSpan.Zero), (result.ExitCode, waited));
    }

    [Fact]
    public async Task Interrupted_it_waits_no_longer()
    {
        Fail(StatusCode.Unavailable, 4);
        using var stop = new CancellationTokenSource();
        var cli = NewCli();
        var running = cli.RunAsync(stop.Token, "queue");
        await cli.Time.UntilArmedAsync(1, TestContext.Current.CancellationToken);

        await stop.CancelAsync();

        Assert.Equal(130, (await running).ExitCode);
        Assert.Equal(3, _scheduler.Jobs.Failures.Count);
    }

    private Cli NewCli() => new(_scheduler) { FirstRetry = TimeSpan.FromMilliseconds(350) };

    private void Fail(StatusCode status, int times)
    {
        for (var i = 0; i < times; i++)
            _scheduler.Jobs.Failures.Enqueue(new RpcException(new Status(status, "not now")));
    }

    /// <summary>Moves the clock while the command waits.</summary>
    private async Task<(CliResult Result, TimeSpan Waited)> QueueAsync()
    {
        var cli = NewCli();
        var running = cli.RunAsync("queue");
        while (await Task.WhenAny(running, cli.Time.UntilArmedAsync(1)) != running)
            cli.Time.Advance(TimeSpan.FromMilliseconds(10));

        return (await running, cli.Time.GetUtcNow() - Cli.Now);
    }
}
