using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.JobFiles;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Agent;

/// <summary>Control groups across agents: found again, and cleaned up when nobody lives there any more.</summary>
public sealed class GroupRestartTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private FakeScheduler _scheduler = null!;

    private Conversation Talk => _scheduler.Talk;

    private DataDirectory Data => new(Path.Combine(_folder.Path, "data"));

    public async ValueTask InitializeAsync() => _scheduler = await FakeScheduler.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        ControlGroups.Remove(Data);
        _folder.Dispose();
    }

    [ControlGroupFact]
    public async Task A_readopted_jobs_escaped_child_is_killed_with_it()
    {
        var pid = Path.Combine(_folder.Path, "pid");
        var job = A.Shell($"env -i /usr/bin/setsid /bin/sh -c '(echo $$ >{pid}; exec /bin/sleep 1000) &' & sleep 1000");
        using var first = Start();
        await Talk.DispatchAsync(job);
        var escaped = int.Parse(await Processes.LineAsync(pid));
        await Talk.StartOfAsync(job);
        await first.KillAsync();

        using var second = Start();
        await Talk.UntilAsync(_ => Talk.Hellos.Count == 2, "the second agent");
        await Talk.StopAsync(job.JobId, 1, TimeSpan.FromMilliseconds(200));
        await Talk.EndOfAsync(job);

        Assert.DoesNotContain(ProcFs.Processes(), process => process.Session == escaped);
        Assert.Equal(0, await second.TerminateAsync());
        Assert.False(Directory.Exists(ControlGroups.BaseOf(Data)));
    }

    [ControlGroupFact]
    public async Task Groups_that_no_attempt_lives_in_are_cleared_at_the_start()
    {
        var abandoned = Directory.CreateDirectory(Path.Combine(ControlGroups.BaseOf(Data), "77.1")).FullName;
        var left = ProcessSpawner.Spawn(new(
            "/bin/sh", ["sh", "-c", "echo 0 >\"$1/cgroup.procs\"; exec sleep 1000", "sh", abandoned], [],
            JobFile.OpenToAppend("/dev/null"), null));
        await Processes.UntilAsync(() => ControlGroups.Of(left)!.EndsWith("/77.1", StringComparison.Ordinal), "a process in the group");

        using var agent = Start();

        await Processes.UntilAsync(() => Children.TryReap(left), "the death of what was left");
        await Processes.UntilAsync(() => !Directory.Exists(abandoned), "the group's removal");
        Assert.Equal(0, await agent.TerminateAsync());
    }

    private AgentProcess Start() => new(_scheduler.Address, Data.Root);
}
