using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Agent;

/// <summary>The agent is killed, and the next one takes its jobs up.</summary>
public sealed class AgentRestartTests : AgentTests
{
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
}
