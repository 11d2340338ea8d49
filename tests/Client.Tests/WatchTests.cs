using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Tests;

/// <summary>A queue that is watched.</summary>
public sealed class WatchTests : IAsyncLifetime
{
    private FakeScheduler _scheduler = null!;

    public async ValueTask InitializeAsync() => _scheduler = await FakeScheduler.StartAsync();

    public async ValueTask DisposeAsync() => await _scheduler.DisposeAsync();

    [Fact]
    public async Task A_watched_queue_appends_changes_on_a_pipe()
    {
        _scheduler.Jobs.Jobs.Add(Samples.Pending("12"));
        _scheduler.Jobs.Change(Samples.Running());
        _scheduler.Jobs.Change(Samples.Ended(JobState.Completed, 0, "12"));
        _scheduler.Jobs.EndWatch();

        var result = await new Cli(_scheduler).RunAsync("queue", "--watch", "--all");

        Assert.Equal(
            "12 PENDING eval (Resources)\n12 RUNNING resnet-finetune-large-batch lab-a100\n12 COMPLETED prepare cpu-box\n", result.Out);
    }

    [Fact]
    public async Task A_watched_queue_outlives_a_restart_and_tells_what_ended_meanwhile()
    {
        _scheduler.Jobs.Jobs.AddRange([Samples.Running(), Samples.Pending("13")]);
        var console = new TestConsole();
        var cli = new Cli(_scheduler) { Console = console };

        var watching = cli.RunAsync("queue", "--watch", "--all");
        await console.SaysAsync("13 PENDING");
        _scheduler.Jobs.Jobs[0] = Samples.Ended(JobState.Completed, 0, "12");
        _scheduler.Jobs.HideEndedFromWatches = true;
        _scheduler.Jobs.BreakWatch();
        await cli.Time.UntilArmedAsync(1);
        _scheduler.Jobs.EndWatch();
        cli.Time.Advance(TimeSpan.FromSeconds(30));

        var result = await watching;
        Assert.Equal(
            "12 RUNNING resnet-finetune-large-batch lab-a100\n13 PENDING eval (Resources)\n12 COMPLETED prepare cpu-box\n", result.Out);
        Assert.Equal(
            "gpusched: the scheduler is stopping; connect again; trying again for 10 minutes\ngpusched: connected again\n", result.Error);
    }

    [Fact]
    public async Task A_scheduler_that_stays_away_is_given_up()
    {
        _scheduler.Jobs.Jobs.Add(Samples.Running());
        var console = new TestConsole();
        var cli = new Cli(_scheduler) { Console = console };

        var watching = cli.RunAsync("queue", "--watch");
        await console.SaysAsync("12 RUNNING");
        await _scheduler.DisposeAsync();
        while (!watching.IsCompleted)
        {
            await Task.WhenAny(watching, cli.Time.UntilArmedAsync(1));
            cli.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(69, (await watching).ExitCode);
    }

    [Fact]
    public async Task Watched_times_go_on_between_changes_on_a_terminal()
    {
        var running = Samples.Running();
        running.StartTime = Timestamp.FromDateTimeOffset(Cli.Now.AddSeconds(-7));
        _scheduler.Jobs.Jobs.Add(running);
        var console = new TestConsole { OutIsTerminal = true };
        var cli = new Cli(_scheduler) { Console = console };

        var watching = cli.RunAsync("queue", "--watch");
        await console.SaysAsync(" 0:07 ");
        cli.Time.Advance(TimeSpan.FromSeconds(1));
        await console.SaysAsync(" 0:08 ");
        _scheduler.Jobs.EndWatch();

        Assert.Equal(0, (await watching).ExitCode);
    }
}
