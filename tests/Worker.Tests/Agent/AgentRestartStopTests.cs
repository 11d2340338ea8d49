using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Agent;

/// <summary>Jobs are stopped in time by an agent that did not start them.</summary>
public sealed class AgentRestartStopTests : AgentTests
{
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
}
