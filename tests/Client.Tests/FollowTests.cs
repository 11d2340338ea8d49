using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Client.Tests;

/// <summary>Verbs that stay until something has happened: wait, logs, queue --watch.</summary>
public sealed class FollowTests : IAsyncLifetime
{
    private FakeScheduler _scheduler = null!;

    public async Task InitializeAsync() => _scheduler = await FakeScheduler.StartAsync();

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

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

    [Fact]
    public async Task Logs_print_the_newest_attempt_unchanged()
    {
        _scheduler.Jobs.LogByAttempt[1] = "first\n";
        _scheduler.Jobs.LogByAttempt[2] = "step 1\nÄ ✓ \e[1mbold\e[0m\n";

        var result = await new Cli(_scheduler).RunAsync("logs", "12", "--err", "-n", "20", "--rank", "1");

        Assert.Equal(new CliResult(0, "step 1\nÄ ✓ \e[1mbold\e[0m\n", ""), result);
        Assert.Equal(
            new StreamLogsRequest { Id = "12", StandardError = true, TailLines = 20, Rank = 1 },
            Assert.Single(_scheduler.Jobs.LogRequests));
    }

    [Fact]
    public async Task Following_a_log_goes_on_into_the_next_attempt()
    {
        var job = Samples.Running();
        job.Attempt = 1;
        _scheduler.Jobs.Jobs.Add(job);
        _scheduler.Jobs.LogByAttempt[1] = "one\n";
        _scheduler.Jobs.LogByAttempt[2] = "two\n";
        _scheduler.Jobs.LogEnded = attempt => _scheduler.Jobs.Jobs[0] = attempt == 1 ? Samples.Running() : Finished();

        var result = await new Cli(_scheduler).RunAsync("logs", "-f", "12");

        Assert.Equal(new CliResult(0, "one\ntwo\n", "gpusched: job 12: attempt 2 on lab-a100, from step 400\n"), result);
    }

    [Fact]
    public async Task Following_a_waiting_job_waits_for_its_start()
    {
        _scheduler.Jobs.Jobs.Add(Samples.Pending("12"));
        _scheduler.Jobs.LogByAttempt[2] = "two\n";
        _scheduler.Jobs.Change(Samples.Running());
        _scheduler.Jobs.LogEnded = _ => _scheduler.Jobs.Jobs[0] = Finished();

        var result = await new Cli(_scheduler).RunAsync("logs", "-f", "12");

        Assert.Equal(new CliResult(0, "two\n", "gpusched: job 12 PENDING (Resources); waiting for its next attempt\n"), result);
    }

    [Fact]
    public async Task Following_a_job_that_ended_before_its_start_says_so()
    {
        var job = Samples.Ended(JobState.Cancelled, null, "12");
        (job.Attempt, job.Reason, job.ReasonText) = (0, "", "cancelled by ben");
        _scheduler.Jobs.Jobs.Add(job);

        var result = await new Cli(_scheduler).RunAsync("logs", "-f", "12");

        Assert.Equal(
            new CliResult(
                0, "", "gpusched: job 12 has no output: it ended before anything was started, CANCELLED: cancelled by ben\n"), result);
    }

    [Fact]
    public async Task Following_an_attempt_that_never_started_says_why()
    {
        _scheduler.Jobs.Jobs.Add(Samples.Ended(JobState.Failed, 1, "12"));
        _scheduler.Jobs.Jobs[0].Attempt = 1;
        _scheduler.Jobs.LogByAttempt[1] = "";
        _scheduler.Jobs.LogRemark = "attempt 1 wrote nothing, as nothing was started on lab: no such folder";

        var result = await new Cli(_scheduler).RunAsync("logs", "-f", "12");

        Assert.Equal(
            new CliResult(0, "", "gpusched: job 12: attempt 1 wrote nothing, as nothing was started on lab: no such folder\n"), result);
    }

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
    public async Task A_followed_log_goes_on_at_the_byte_where_the_connection_broke()
    {
        var job = Samples.Running();
        _scheduler.Jobs.Jobs.Add(job);
        _scheduler.Jobs.LogByAttempt[job.Attempt] = "the first line\nthe second line\nthe third line\n";
        _scheduler.Jobs.BreakLogAfter = 20;
        _scheduler.Jobs.LogEnded = _ => _scheduler.Jobs.Jobs[0] = Finished();
        var cli = new Cli(_scheduler);

        var following = cli.RunAsync("logs", "-f", "12", "--tail", "100");
        await cli.Time.UntilArmedAsync(1);
        cli.Time.Advance(TimeSpan.FromSeconds(30));

        var remarks = "gpusched: the scheduler is stopping; connect again; trying again for 10 minutes\ngpusched: connected again\n";
        Assert.Equal(new CliResult(0, "the first line\nthe second line\nthe third line\n", remarks), await following);
        Assert.Equal([(0L, 100), (21L, 0)], _scheduler.Jobs.LogRequests.Select(request => (request.Offset, request.TailLines)));
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

    private static Job Finished()
    {
        var job = Samples.Ended(JobState.Completed, 0, "12");
        job.Attempt = 2;
        return job;
    }
}
