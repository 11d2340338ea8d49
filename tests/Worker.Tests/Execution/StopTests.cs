using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Execution;

public sealed class StopTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task Term_ends_a_program_that_heeds_it_and_its_status_is_kept()
    {
        await using var worker = await TestWorker.StartAsync();
        var ready = Path.Combine(worker.Folder.Path, "ready");
        var job = A.Shell($"trap 'exit 9' TERM; echo yes >{ready}; while :; do sleep 0.05; done");
        await worker.Talk.DispatchAsync(job);
        await Processes.LineAsync(ready);

        await worker.Talk.StopAsync(job.JobId, 1, Long);
        var ended = await worker.Talk.EndOfAsync(job);

        Assert.Equal((EndCause.Cancelled, 9), (ended.Cause, ended.ExitCode));
        Assert.Contains(worker.Talk.Of(job), report => report.Stopping?.Cause == EndCause.Cancelled);
    }

    [Fact]
    public async Task Kill_ends_a_program_that_ignores_term_when_the_grace_is_over()
    {
        await using var worker = await TestWorker.StartAsync();
        var ready = Path.Combine(worker.Folder.Path, "ready");
        var job = A.Shell($"trap '' TERM; echo $$ >{ready}; while :; do sleep 0.05; done");
        await worker.Talk.DispatchAsync(job);
        var pid = int.Parse(await Processes.LineAsync(ready));

        await worker.Talk.StopAsync(job.JobId, 1, Short);
        var ended = await worker.Talk.EndOfAsync(job);

        Assert.Equal((EndCause.Cancelled, 137, 9), (ended.Cause, ended.ExitCode, ended.Signal));
        Assert.False(Processes.IsAlive(pid));
    }

    [Fact]
    public async Task A_grandchild_in_a_session_of_its_own_is_gone_before_the_end_is_reported()
    {
        await using var worker = await TestWorker.StartAsync();
        var ready = Path.Combine(worker.Folder.Path, "ready");
        var job = A.Shell($"setsid sh -c 'trap \"\" TERM; echo $$ >{ready}; while :; do sleep 0.05; done' & wait");
        await worker.Talk.DispatchAsync(job);
        var grandchild = int.Parse(await Processes.LineAsync(ready));

        await worker.Talk.StopAsync(job.JobId, 1, Short);
        await worker.Talk.EndOfAsync(job);

        Assert.False(Processes.IsAlive(grandchild));
    }

    [Theory]
    [InlineData("sleep 1000 & echo $! >{0}")]
    [InlineData("setsid sh -c 'echo $$ >{0}; exec sleep 1000' & while [ ! -s {0} ]; do sleep 0.02; done")]
    [InlineData("(setsid sh -c 'sleep 1000 & echo $! >{0}') & while [ ! -s {0} ]; do sleep 0.02; done")]
    public async Task What_a_program_leaves_behind_is_gone_before_its_end_is_reported(string line)
    {
        await using var worker = await TestWorker.StartAsync();
        var leftover = Path.Combine(worker.Folder.Path, "leftover");
        var job = A.Shell(line.Replace("{0}", leftover, StringComparison.Ordinal));

        var ended = await worker.RunAsync(job);
        var pid = int.Parse(await Processes.LineAsync(leftover));

        Assert.Equal((EndCause.Exited, 0), (ended.Cause, ended.ExitCode));
        Assert.False(Processes.IsAlive(pid));
    }

    [Fact]
    public async Task A_checkpoint_is_asked_for_first_and_term_follows_as_soon_as_it_is_there()
    {
        await using var worker = await TestWorker.StartAsync();
        var checkpoints = Path.Combine(worker.Folder.Path, "checkpoints");
        var job = A.Shell("""
            cd "$GPUSCHED_CHECKPOINT_DIR"
            while [ ! -f request ]; do sleep 0.02; done
            cp request asked
            echo saved >seven.bin
            echo '{"step":7,"path":"seven.bin","bytes":6}' >>manifest.jsonl
            while :; do sleep 0.05; done
            """).WithCheckpoints(checkpoints);
        await worker.Talk.DispatchAsync(job);
        await worker.Talk.StartOfAsync(job);

        await worker.Talk.StopAsync(job.JobId, 1, Long, EndCause.Preempted, checkpointFirst: true);
        var ended = await worker.Talk.EndOfAsync(job);

        Assert.Equal(EndCause.Preempted, ended.Cause);
        Assert.Contains("preempted", File.ReadAllText(Path.Combine(checkpoints, "asked")), StringComparison.Ordinal);
        Assert.Equal("seven.bin", (await worker.Talk.CheckpointOfAsync(job, 7)).Path);
    }

    [Fact]
    public async Task The_declared_signal_asks_for_a_checkpoint_too()
    {
        await using var worker = await TestWorker.StartAsync();
        var ready = Path.Combine(worker.Folder.Path, "ready");
        var asked = Path.Combine(worker.Folder.Path, "asked");
        var job = A.Shell($"trap 'echo usr1 >{asked}' USR1; echo yes >{ready}; while :; do sleep 0.05; done")
            .WithCheckpoints(worker.Folder.Path, "SIGUSR1");
        await worker.Talk.DispatchAsync(job);
        await Processes.LineAsync(ready);

        await worker.Talk.SayAsync(new() { CheckpointNow = new() { JobId = job.JobId, Attempt = 1, Why = "test" } });

        Assert.Equal("usr1", await Processes.LineAsync(asked));
    }

    [Fact]
    public async Task The_worker_keeps_the_time_limit_by_itself()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Command("sleep", "1000").With(job =>
        {
            job.TimeLimit = Duration.FromTimeSpan(Short);
            job.Grace = Duration.FromTimeSpan(Long);
        });

        var ended = await worker.RunAsync(job);

        Assert.Equal((EndCause.TimeLimit, 143), (ended.Cause, ended.ExitCode));
    }

    [Fact]
    public async Task A_stopped_job_is_woken_so_that_it_can_end()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Shell("kill -STOP 0; sleep 1000");
        await worker.Talk.DispatchAsync(job);
        var started = await worker.Talk.StartOfAsync(job);
        await Processes.UntilAsync(
            () => Worker.Execution.Native.ProcessStat.Read(started.Pid)?.State == 'T', "the whole group to stand still");

        await worker.Talk.StopAsync(job.JobId, 1, Long);
        var ended = await worker.Talk.EndOfAsync(job);

        Assert.Equal((EndCause.Cancelled, 143), (ended.Cause, ended.ExitCode));
    }

    [Fact]
    public async Task A_later_order_can_only_bring_the_kill_nearer()
    {
        await using var worker = await TestWorker.StartAsync();
        var ready = Path.Combine(worker.Folder.Path, "ready");
        var job = A.Shell($"trap '' TERM; echo yes >{ready}; while :; do sleep 0.05; done");
        await worker.Talk.DispatchAsync(job);
        await Processes.LineAsync(ready);

        await worker.Talk.StopAsync(job.JobId, 1, Long, EndCause.Preempted);
        await worker.Talk.StopAsync(job.JobId, 1, Short, EndCause.Cancelled);
        var ended = await worker.Talk.EndOfAsync(job);

        Assert.Equal((EndCause.Preempted, 137), (ended.Cause, ended.ExitCode));
    }

    [Fact]
    public async Task Stopping_what_never_came_here_is_answered_and_remembered()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Command("true").With(job => job.Attempt = 3);
        var later = A.Command("true");

        await worker.Talk.StopAsync(job.JobId, 3, Long, EndCause.Requeued);
        var ended = await worker.Talk.EndOfAsync(job);
        await worker.Talk.DispatchAsync(job);
        await worker.RunAsync(later);

        Assert.Equal((EndCause.Requeued, false), (ended.Cause, ended.HasExitCode));
        Assert.DoesNotContain(worker.Talk.Of(job), report => report.Started is not null);
    }
}
