using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Tests;

/// <summary>Output that is read, and followed until its job has ended.</summary>
public sealed class FollowTests : IAsyncLifetime
{
    private FakeScheduler _scheduler = null!;

    public async ValueTask InitializeAsync() => _scheduler = await FakeScheduler.StartAsync();

    public async ValueTask DisposeAsync() => await _scheduler.DisposeAsync();

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

    private static Job Finished()
    {
        var job = Samples.Ended(JobState.Completed, 0, "12");
        job.Attempt = 2;
        return job;
    }
}
