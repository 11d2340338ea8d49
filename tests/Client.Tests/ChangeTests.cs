using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Tests;

/// <summary>Verbs that change jobs and machines.</summary>
public sealed class ChangeTests : IAsyncLifetime
{
    private FakeScheduler _scheduler = null!;

    public async ValueTask InitializeAsync() => _scheduler = await FakeScheduler.StartAsync();

    public async ValueTask DisposeAsync() => await _scheduler.DisposeAsync();

    [Theory]
    [InlineData("cancel", "cancelled")]
    [InlineData("hold", "held")]
    [InlineData("release", "released")]
    [InlineData("requeue", "requeued")]
    public async Task Each_job_gets_an_answer(string verb, string past)
    {
        _scheduler.Jobs.Outcomes.AddRange(
            [new JobOutcome { Id = "12", Changed = true }, new JobOutcome { Id = "13", Message = "has ended" }]);

        var result = await new Cli(_scheduler).RunAsync(verb, "12,13");

        Assert.Equal(new CliResult(3, $"job 12 {past}\n", "gpusched: job 13: has ended\n"), result);
    }

    [Theory]
    [InlineData(0, true, false)]
    [InlineData(0, true, true)]
    [InlineData(3, false, false)]
    public async Task Of_jobs_that_a_filter_found_it_is_enough_that_one_changed(int exitCode, bool first, bool second)
    {
        _scheduler.Jobs.Outcomes.AddRange(
        [
            new JobOutcome { Id = "12", Changed = first, Message = "runs" },
            new JobOutcome { Id = "13", Changed = second, Message = "runs" },
        ]);

        Assert.Equal(exitCode, (await new Cli(_scheduler).RunAsync("hold", "--me")).ExitCode);
    }

    [Fact]
    public async Task Scancel_takes_slurms_flags()
    {
        var cli = new Cli(_scheduler);
        cli.Environment["GPUSCHED_ARGV0"] = "/home/anna/bin/scancel";
        _scheduler.Jobs.Outcomes.Add(new JobOutcome { Id = "12", Changed = true });

        var result = await cli.RunAsync("-u", "anna", "12_[0,4]", "20-25");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            new CancelJobsRequest { Ids = { "12_[0,4]", "20-25" }, User = "anna", Filter = new JobFilter { User = "anna" } },
            Assert.Single(_scheduler.Jobs.Requests));
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("hold")]
    [InlineData("release")]
    [InlineData("requeue")]
    public async Task A_filter_works_alone_and_the_caller_is_named_beside_it(string verb)
    {
        var result = await new Cli(_scheduler).RunAsync(verb, "-u", "bert", "-n", "train", "-t", "PD,R", "-p", "training");

        Assert.Equal(new CliResult(0, "", "gpusched: no job that waits or runs matches; nothing was done\n"), result);
        var filter = new JobFilter
        {
            User = "bert", Name = "train", Tier = "training", States = { JobState.Pending, JobState.Running },
        };
        Assert.Equal(("anna", filter), CallerAndFilter(Assert.Single(_scheduler.Jobs.Requests)));
    }

    [Fact]
    public async Task Me_is_a_filter_for_the_callers_own_jobs()
    {
        await new Cli(_scheduler).RunAsync("cancel", "--me");

        Assert.Equal(("anna", new JobFilter { User = "anna" }), CallerAndFilter(Assert.Single(_scheduler.Jobs.Requests)));
    }

    [Fact]
    public async Task Neither_ids_nor_a_filter_is_no_call_at_all()
    {
        var result = await new Cli(_scheduler).RunAsync("hold");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("gpusched hold ID…, or --me", result.Error, StringComparison.Ordinal);
        Assert.Empty(_scheduler.Jobs.Requests);
    }

    private static (string Caller, JobFilter Filter) CallerAndFilter(object request) => request switch
    {
        CancelJobsRequest cancel => (cancel.User, cancel.Filter),
        HoldJobsRequest hold => (hold.User, hold.Filter),
        ReleaseJobsRequest release => (release.User, release.Filter),
        RequeueJobsRequest requeue => (requeue.User, requeue.Filter),
        _ => throw new InvalidOperationException($"{request.GetType()}"),
    };

    [Fact]
    public async Task Outcomes_as_json()
    {
        _scheduler.Jobs.Outcomes.AddRange(
            [new JobOutcome { Id = "12", Changed = true }, new JobOutcome { Id = "13", Message = "has ended" }]);

        Golden.Match("json-cancel", (await new Cli(_scheduler).RunAsync("cancel", "12", "13", "--output", "json")).Out);
    }

    [Fact]
    public async Task Drain_names_who_and_why()
    {
        _scheduler.Pools.Pool.Nodes.AddRange(Samples.Nodes());

        var result = await new Cli(_scheduler).RunAsync("drain", "lab-a100/GPU-a100-0", "--reason", "fan", "--deadline", "10m");

        Assert.Equal(
            new CliResult(
                0, "lab-a100/GPU-a100-0: card 0, A100-SXM4-80GB: draining, still held by 1 job (12)\n", ""), result);
        Assert.Equal(
            ("anna", "fan", 600),
            (_scheduler.Pools.Drained[0].User, _scheduler.Pools.Drained[0].Reason, _scheduler.Pools.Drained[0].Deadline.Seconds));
    }

    [Fact]
    public async Task A_drains_deadline_may_be_a_moment()
    {
        _scheduler.Pools.Pool.Nodes.AddRange(Samples.Nodes());

        await new Cli(_scheduler).RunAsync("drain", "lab-a100", "--deadline", "18:00");

        Assert.Equal(("18:00", null), (_scheduler.Pools.Drained[0].DeadlineTime, _scheduler.Pools.Drained[0].Deadline));
    }

    [Fact]
    public async Task Several_targets_each_get_an_answer()
    {
        _scheduler.Pools.Pool.Nodes.AddRange(Samples.Nodes());

        var result = await new Cli(_scheduler).RunAsync("drain", "lab-a100", "nowhere", "lab-a100/GPU-a100-1");

        Assert.Equal(4, result.ExitCode);
        Assert.Equal("gpusched: target: nowhere: no such node\n", result.Error);
        Assert.Equal(
            "lab-a100: draining, 1 job there\n"
                + "lab-a100/GPU-a100-1: card 1, A100-SXM4-80GB: draining, still held by 2 jobs (16, 17)\n",
            result.Out);
    }

    [Fact]
    public async Task An_unknown_machine_is_not_found() =>
        Assert.Equal(
            new CliResult(4, "", "gpusched: target: nowhere: no such node\n"), await new Cli(_scheduler).RunAsync("resume", "nowhere"));

    [Fact]
    public async Task Reload_says_what_changed()
    {
        _scheduler.Pools.Reloaded = new ReloadPoolResponse
        {
            File = "/etc/pool.yaml", Changed = { "tiers", "backfill" }, Warnings = { "2 jobs of tier 'x'" },
        };

        Assert.Equal(
            new CliResult(0, "/etc/pool.yaml: in force now, changed: tiers, backfill\n", "gpusched: 2 jobs of tier 'x'\n"),
            await new Cli(_scheduler).RunAsync("reload"));
        Assert.Equal("tiers\nbackfill\n", (await new Cli(_scheduler).RunAsync("reload", "--output", "quiet")).Out);
        Golden.Match("json-reload", (await new Cli(_scheduler).RunAsync("reload", "--output", "json")).Out);
    }

    [Fact]
    public async Task Refused_rules_are_told_with_their_lines() =>
        Assert.Equal(new CliResult(3, "", "gpusched: pool.yaml:3: name: '': a name\n"), await new Cli(_scheduler).RunAsync("reload"));

    [Theory]
    [InlineData("srun", "'gpusched submit --wait -- COMMAND'")]
    [InlineData("scontrol", "'gpusched show ID'")]
    public async Task Slurms_other_commands_point_to_the_nearest_verb(string name, string hint)
    {
        var cli = new Cli(_scheduler);
        cli.Environment["GPUSCHED_ARGV0"] = name;

        var result = await cli.RunAsync("anything");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
    }
}
