using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Client.Tests;

/// <summary>Waiting for the end of jobs.</summary>
public sealed class WaitTests : IAsyncLifetime
{
    private FakeScheduler _scheduler = null!;

    public async ValueTask InitializeAsync() => _scheduler = await FakeScheduler.StartAsync();

    public async ValueTask DisposeAsync() => await _scheduler.DisposeAsync();

    [Fact]
    public async Task Wait_returns_the_highest_code_of_several_jobs()
    {
        _scheduler.Jobs.Jobs.AddRange([Samples.Running(), Samples.Ended(JobState.Completed, 0)]);
        _scheduler.Jobs.Change(Samples.Ended(JobState.Failed, 137, "12"));
        _scheduler.Jobs.EndWatch();

        Assert.Equal(137, (await new Cli(_scheduler).RunAsync("wait", "12", "14")).ExitCode);
    }

    [Fact]
    public async Task Wait_outlives_a_restart_of_the_scheduler()
    {
        _scheduler.Jobs.Jobs.Add(Samples.Running());
        _scheduler.Jobs.EndWatch();
        var cli = new Cli(_scheduler);

        var waiting = cli.RunAsync("wait", "12");
        await cli.Time.UntilArmedAsync(1);
        _scheduler.Jobs.Failures.Enqueue(new RpcException(new Status(StatusCode.Unavailable, "restarting")));
        cli.Time.Advance(TimeSpan.FromSeconds(1));
        await cli.Time.UntilArmedAsync(1);
        _scheduler.Jobs.Jobs[0] = Samples.Ended(JobState.Completed, 0, "12");
        cli.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, (await waiting).ExitCode);
    }

    [Fact]
    public async Task Wait_gives_up_at_its_own_limit()
    {
        _scheduler.Jobs.Jobs.Add(Samples.Running());
        var cli = new Cli(_scheduler);

        var waiting = cli.RunAsync("wait", "--timeout", "5m", "12");
        await cli.Time.UntilArmedAsync(1);
        cli.Time.Advance(TimeSpan.FromMinutes(5));

        var result = await waiting;
        Assert.Equal(124, result.ExitCode);
        Assert.StartsWith("gpusched: wait: 300 s passed; ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_for_an_unknown_job_says_so() =>
        Assert.Equal(new CliResult(4, "", "gpusched: no such job: 99\n"), await new Cli(_scheduler).RunAsync("wait", "99"));

    [Fact]
    public async Task Wait_mentions_a_job_that_needs_a_person()
    {
        var held = Samples.Running();
        (held.State, held.ReasonText) = (JobState.RequeueHold, "3 attempts failed without progress");
        _scheduler.Jobs.Jobs.Add(held);
        _scheduler.Jobs.Change(Samples.Ended(JobState.Cancelled, null, "12"));
        _scheduler.Jobs.EndWatch();

        var result = await new Cli(_scheduler).RunAsync("wait", "12");

        Assert.Equal(
            new CliResult(1, "",
                "gpusched: job 12 is held: 3 attempts failed without progress; 'gpusched release 12' or 'cancel' ends the wait\n"), result);
    }

    [Fact]
    public async Task Progress_is_for_terminals()
    {
        _scheduler.Jobs.Jobs.Add(Samples.Running());
        _scheduler.Jobs.Change(Samples.Ended(JobState.Completed, 0, "12"));
        _scheduler.Jobs.EndWatch();

        var result = await new Cli(_scheduler) { Console = new TestConsole { ErrorIsTerminal = true } }.RunAsync("wait", "12");

        Assert.Contains("job 12 RUNNING on lab-a100, checkpoint at step 900", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("\r\e[K", result.Error, StringComparison.Ordinal);
    }
}
