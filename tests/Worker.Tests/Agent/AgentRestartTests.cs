using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Agent;

/// <summary>The agent as a real process that is killed, with jobs that are real processes too.</summary>
public sealed class AgentRestartTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private FakeScheduler _scheduler = null!;

    private Conversation Talk => _scheduler.Talk;

    private string Data => Path.Combine(_folder.Path, "data");

    private string Go => Path.Combine(_folder.Path, "go");

    /// <summary>Runs until the test lets it end.</summary>
    private Dispatch Waiting(int code = 6) => A.Shell($"echo $$ >{Go}.pid; while [ ! -e {Go} ]; do sleep 0.02; done; exit {code}");

    public async Task InitializeAsync() => _scheduler = await FakeScheduler.StartAsync();

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

    public void Dispose()
    {
        ControlGroups.Remove(new(Data));
        _folder.Dispose();
    }

    [Fact]
    public async Task A_job_outlives_its_killed_agent_and_the_next_one_reports_its_end()
    {
        var job = Waiting();
        using var first = Start();
        await Talk.DispatchAsync(job);
        var pid = int.Parse(await Processes.LineAsync(Go + ".pid"));
        await Talk.StartOfAsync(job);

        await first.KillAsync();
        Assert.True(Processes.IsAlive(pid));
        using var second = Start();
        await Talk.UntilAsync(_ => Talk.Hellos.Count == 2, "the second agent");
        Assert.Contains(Talk.Hellos[1].Attempts, held => held.JobId == job.JobId && held.Running);
        Assert.True(Processes.IsAlive(pid));
        File.WriteAllText(Go, "");
        var ended = await Talk.EndOfAsync(job);

        Assert.Equal((EndCause.Exited, 6), (ended.Cause, ended.ExitCode));
        Assert.Equal(0, await second.TerminateAsync());
    }

    [Fact]
    public async Task The_exit_of_a_job_that_ended_while_no_agent_was_there_is_recovered()
    {
        var job = Waiting();
        using var first = Start();
        await Talk.DispatchAsync(job);
        var pid = int.Parse(await Processes.LineAsync(Go + ".pid"));
        await first.KillAsync();
        File.WriteAllText(Go, "");
        await Processes.UntilAsync(() => !Processes.IsAlive(pid), "the job's end");

        using var second = Start();
        var ended = await Talk.EndOfAsync(job);

        Assert.Equal((EndCause.Exited, 6), (ended.Cause, ended.ExitCode));
    }

    [Theory]
    [InlineData("printf '{\"step\":1,\"path\":\"a\\\\u0000b\"}\\n' >manifest.jsonl")]
    [InlineData("mkfifo manifest.jsonl")]
    [InlineData("mkfifo \"$GPUSCHED_ATTEMPT_FOLDER/stop\" \"$GPUSCHED_ATTEMPT_FOLDER/run.reported.new\"")]
    [InlineData("rm \"$GPUSCHED_ATTEMPT_FOLDER/stdout\"; mkfifo \"$GPUSCHED_ATTEMPT_FOLDER/stdout\"")]
    public async Task An_agent_started_again_ends_what_a_job_meant_to_break_and_takes_work(string harm)
    {
        var job = A.Shell($"cd \"$GPUSCHED_CHECKPOINT_DIR\" && {harm}; echo $$ >{Go}.pid; while [ ! -e {Go} ]; do sleep 0.05; done; exit 6")
            .WithCheckpoints("");
        using var first = Start();
        await Talk.DispatchAsync(job);
        await Processes.LineAsync(Go + ".pid");
        await first.KillAsync();

        using var second = Start();
        await Talk.UntilAsync(_ => Talk.Hellos.Count == 2, "the second agent");
        File.WriteAllText(Go, "");
        var ended = await Talk.EndOfAsync(job);
        var other = A.Command("true");
        await Talk.DispatchAsync(other);

        Assert.Equal((EndCause.Exited, 6), (ended.Cause, ended.ExitCode));
        Assert.Equal(0, (await Talk.EndOfAsync(other)).ExitCode);
    }

    [Theory]
    [InlineData("rm run; mkfifo run")]
    [InlineData("echo nonsense >run")]
    public async Task A_job_that_did_away_with_its_record_is_ended_by_the_next_agent(string harm)
    {
        var job = A.Shell($"cd \"$GPUSCHED_ATTEMPT_FOLDER\" && {harm}; echo $$ >{Go}.pid; exec sleep 1000");
        using var first = Start();
        await Talk.DispatchAsync(job);
        var pid = int.Parse(await Processes.LineAsync(Go + ".pid"));
        await first.KillAsync();

        using var second = Start();
        var ended = await Talk.EndOfAsync(job);

        Assert.Contains("can't be read", ended.Message, StringComparison.Ordinal);
        Assert.False(Processes.IsAlive(pid));
    }

    [Fact]
    public async Task A_readopted_job_and_its_detached_children_can_be_stopped()
    {
        var job = A.Shell($"setsid sleep 1000 & echo $! >{Go}.pid; wait");
        using var first = Start();
        await Talk.DispatchAsync(job);
        var child = int.Parse(await Processes.LineAsync(Go + ".pid"));
        await first.KillAsync();

        using var second = Start();
        await Talk.UntilAsync(_ => Talk.Hellos.Count == 2, "the second agent");
        await Talk.StopAsync(job.JobId, 1, TimeSpan.FromMilliseconds(200));
        var ended = await Talk.EndOfAsync(job);

        Assert.Equal(EndCause.Cancelled, ended.Cause);
        Assert.False(Processes.IsAlive(child));
    }

    [Fact]
    public async Task A_time_limit_counts_from_the_start_across_agents()
    {
        var job = A.Command("sleep", "1000").With(job => job.TimeLimit = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)));
        using var first = Start();
        await Talk.DispatchAsync(job);
        await Talk.StartOfAsync(job);
        await first.KillAsync();

        using var second = Start();
        var ended = await Talk.EndOfAsync(job);

        Assert.Equal(EndCause.TimeLimit, ended.Cause);
    }

    [Fact]
    public async Task After_a_reboot_nothing_counts_as_running()
    {
        var job = Waiting();
        using var first = Start();
        await Talk.DispatchAsync(job);
        var pid = int.Parse(await Processes.LineAsync(Go + ".pid"));
        await first.KillAsync();
        Signals.Send(pid, Signals.Kill);
        await Processes.UntilAsync(() => !Processes.IsAlive(pid), "the job's end");
        var folder = Path.Combine(Data, "attempts", $"{job.JobId}.1");
        await Processes.UntilAsync(
            () => File.ReadAllText(Path.Combine(folder, "run")).Contains("exit", StringComparison.Ordinal), "its exit");
        // As a power cut leaves it: another boot, and the exit never written.
        using (var run = new FileStream(Path.Combine(folder, "run"), FileMode.Open, FileAccess.Write))
            run.Write("                                "u8);
        File.WriteAllText(Path.Combine(Data, "boot-id"), "another-boot\n");

        using var second = Start();
        var ended = await Talk.EndOfAsync(job);

        Assert.Equal((EndCause.NodeLost, false), (ended.Cause, ended.HasExitCode));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("                                half an or")]
    public async Task An_attempt_whose_order_was_never_written_down_is_begun_when_it_is_ordered_again(string? run)
    {
        var job = A.Command("true");
        var folder = Directory.CreateDirectory(Path.Combine(Data, "attempts", $"{job.JobId}.1")).FullName;
        if (run is not null)
            File.WriteAllText(Path.Combine(folder, "run"), run);

        using var agent = Start();
        await Talk.DispatchAsync(job);

        Assert.Equal(EndCause.Exited, (await Talk.EndOfAsync(job)).Cause);
    }

    [Fact]
    public async Task Sigterm_leaves_jobs_running_unless_told_otherwise()
    {
        var job = Waiting();
        using var first = Start();
        await Talk.DispatchAsync(job);
        var pid = int.Parse(await Processes.LineAsync(Go + ".pid"));

        var code = await first.TerminateAsync();
        Assert.Equal((0, true), (code, Processes.IsAlive(pid)));
        using var second = Start("--stop-attempts-on-exit");
        await Talk.UntilAsync(_ => Talk.Hellos.Count == 2, "the second agent");
        Assert.Equal(0, await second.TerminateAsync());

        Assert.False(Processes.IsAlive(pid));
        Assert.Equal(EndCause.Drained, (await Talk.EndOfAsync(job)).Cause);
    }

    [Fact]
    public async Task A_second_agent_on_the_same_data_is_refused()
    {
        using var first = Start();
        await Talk.UntilAsync(_ => Talk.Hellos.Count == 1, "the first agent");

        using var second = Start();

        Assert.Equal(2, await second.ExitAsync());
        Assert.Contains("is in use by another gpusched-worker", await second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_stop_goes_on_with_what_is_left_of_its_grace()
    {
        var job = A.Shell($"trap '' TERM; echo $$ >{Go}.pid; while :; do sleep 0.05; done");
        using var first = Start();
        await Talk.DispatchAsync(job);
        await Processes.LineAsync(Go + ".pid");
        await Talk.StopAsync(job.JobId, 1, TimeSpan.FromHours(1));
        await Talk.UntilAsync(_ => Talk.Of(job).Any(report => report.Stopping is not null), "the stop's beginning");
        await first.KillAsync();
        // As if the agent had been away for all of that hour but half a second.
        var folder = new AttemptFolder(Path.Combine(Data, "attempts", $"{job.JobId}.1"), new(job.JobId, 1));
        var kept = folder.ReadStop()!;
        Assert.InRange(kept.KillAt - ProcFs.Uptime(), TimeSpan.FromMinutes(58), TimeSpan.FromHours(1));
        folder.WriteStop(kept with { KillAt = ProcFs.Uptime() + TimeSpan.FromSeconds(0.5) });

        using var second = Start();
        var ended = await Talk.EndOfAsync(job);

        Assert.Equal((EndCause.Cancelled, 137), (ended.Cause, ended.ExitCode));
    }

    [Fact]
    public async Task The_grace_of_a_time_limit_goes_on_too_and_is_not_given_twice()
    {
        var job = A.Shell($"trap '' TERM; echo $$ >{Go}.pid; while :; do sleep 0.05; done").With(job =>
        {
            job.TimeLimit = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(200));
            job.Grace = Duration.FromTimeSpan(TimeSpan.FromSeconds(2));
        });
        using var first = Start();
        await Talk.DispatchAsync(job);
        await Talk.UntilAsync(_ => Talk.Of(job).Any(report => report.Stopping is not null), "the stop's beginning");
        var stop = Path.Combine(Data, "attempts", $"{job.JobId}.1", "stop");
        await Processes.UntilAsync(() => File.Exists(stop), "the stop written down");
        await first.KillAsync();
        var before = File.ReadAllBytes(stop);

        using var second = Start();
        var ended = await Talk.EndOfAsync(job);

        Assert.Equal((EndCause.TimeLimit, 137), (ended.Cause, ended.ExitCode));
        Assert.Equal(before, File.ReadAllBytes(stop));
    }

    [Fact]
    public async Task Files_that_the_agent_was_started_with_are_not_handed_to_jobs()
    {
        var job = A.Command("ls", "/proc/self/fd");
        using var agent = AgentProcess.StartWithOpenFile(_scheduler.Address, Data);
        await Talk.DispatchAsync(job);
        await Talk.EndOfAsync(job);

        // Input, output, error, and the folder that ls itself reads.
        Assert.Equal(["0", "1", "2", "3"], File.ReadAllLines(Path.Combine(Data, "attempts", $"{job.JobId}.1", "stdout")));
    }

    [Theory]
    [InlineData("--cgroup", "maybe", "--cgroup is 'maybe'; allowed: auto, off")]
    [InlineData("--supervisor", "bash", "--supervisor is 'bash'; allowed: auto, shell")]
    [InlineData(
        "--address", "http://lab",
        "--address is 'http://lab'; allowed: a host name or an IP address that the other nodes reach, without a port")]
    [InlineData("--keep-checkpoints", "a while", "--keep-checkpoints is 'a while'; allowed: a whole number and d, h, m or s")]
    [InlineData("--log-limit", "-1GiB", "--log-limit is '-1GiB'; allowed: a number with the unit MiB")]
    [InlineData("--server", "ftp://x", "--server is 'ftp://x'")]
    [InlineData("--log-level", "loud", "--log-level is 'loud'; allowed: debug")]
    [InlineData("--inventory", "/no/such.yaml", "'/no/such.yaml' doesn't exist")]
    public async Task Bad_flags_end_with_2_and_a_message(string flag, string value, string complaint)
    {
        using var agent = new AgentProcess(new("http://127.0.0.1:1"), Data, flag, value);

        Assert.Equal(2, await agent.ExitAsync());
        Assert.Contains(complaint, await agent.Error, StringComparison.Ordinal);
    }

    private AgentProcess Start(params string[] more) => new(_scheduler.Address, Data, more);
}
