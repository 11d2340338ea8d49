using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution.Groups;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.JobFiles;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Execution.Groups;

/// <summary>Real processes in real control groups, where the machine has some to give.</summary>
public sealed class AttemptGroupTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    /// <summary>Leaves session, parent and environment behind: only its control group still tells whose it is.</summary>
    private const string Escape = "env -i /usr/bin/setsid /bin/sh -c '(trap \"\" TERM; echo $$ >{0}; while :; do /bin/sleep 0.05; done) & "
        + "' &";

    [ControlGroupFact]
    public async Task A_job_runs_in_a_group_of_its_own_which_is_gone_after_it()
    {
        await using var worker = await TestWorker.StartAsync();
        var seen = Path.Combine(worker.Folder.Path, "seen");
        var go = Path.Combine(worker.Folder.Path, "go");
        var job = A.Shell($"grep ^0:: /proc/self/cgroup >{seen}; while [ ! -e {go} ]; do sleep 0.02; done");
        await worker.Talk.DispatchAsync(job);
        var started = await worker.Talk.StartOfAsync(job);
        var group = Path.Combine(ControlGroups.BaseOf(worker.Data), $"{job.JobId}.1");

        Assert.EndsWith(
            $"/{Path.GetFileName(ControlGroups.BaseOf(worker.Data))}/{job.JobId}.1", await Processes.LineAsync(seen),
            StringComparison.Ordinal);
        Assert.Equal(await Processes.LineAsync(seen), ControlGroups.Of(started.Pid));
        File.WriteAllText(go, "");
        await worker.Talk.EndOfAsync(job);
        await Processes.UntilAsync(() => !Directory.Exists(group), "the group's removal");
    }

    [ControlGroupFact]
    public async Task What_left_session_parent_and_environment_is_asked_to_end_and_gets_the_grace()
    {
        await using var worker = await TestWorker.StartAsync();
        var heeds = Path.Combine(worker.Folder.Path, "heeds");
        var polite = Escape.Replace("trap \"\" TERM", $"trap \"echo asked >>{heeds}.asked; exit\" TERM", StringComparison.Ordinal);
        var job = A.Shell($"{polite.Replace("{0}", heeds, StringComparison.Ordinal)}\nsleep 1000");
        await worker.Talk.DispatchAsync(job);
        await Processes.LineAsync(heeds);

        await worker.Talk.StopAsync(job.JobId, 1, TimeSpan.FromMinutes(5));
        var ended = await worker.Talk.EndOfAsync(job);

        Assert.Equal((EndCause.Cancelled, 143), (ended.Cause, ended.ExitCode));
        Assert.Equal("asked", await Processes.LineAsync(heeds + ".asked"));
    }

    [ControlGroupFact]
    public async Task One_that_escaped_and_ignores_term_is_killed_when_the_grace_is_over()
    {
        await using var worker = await TestWorker.StartAsync();
        var ignores = Path.Combine(worker.Folder.Path, "ignores");
        var job = A.Shell($"{Escape.Replace("{0}", ignores, StringComparison.Ordinal)}\nsleep 1000");
        await worker.Talk.DispatchAsync(job);
        var leader = int.Parse(await Processes.LineAsync(ignores));

        await worker.Talk.StopAsync(job.JobId, 1, Short);
        await worker.Talk.EndOfAsync(job);

        Assert.DoesNotContain(ProcFs.Processes(), process => process.Session == leader);
    }

    [ControlGroupFact]
    public async Task One_that_escaped_is_gone_before_the_end_of_a_job_that_left_it_behind()
    {
        await using var worker = await TestWorker.StartAsync();
        var pid = Path.Combine(worker.Folder.Path, "pid");
        var job = A.Shell($"{Escape.Replace("{0}", pid, StringComparison.Ordinal)}\nwhile [ ! -s {pid} ]; do sleep 0.02; done; exit 4");

        var ended = await worker.RunAsync(job);
        var leader = int.Parse(await Processes.LineAsync(pid));

        Assert.Equal((EndCause.Exited, 4), (ended.Cause, ended.ExitCode));
        Assert.DoesNotContain(ProcFs.Processes(), process => process.Session == leader);
    }

    /// <summary>A process that is another one whenever somebody looks: lists are too slow for it, the group's own kill isn't.</summary>
    [ControlGroupFact]
    public async Task One_that_forks_and_ends_without_pause_is_caught()
    {
        await using var worker = await TestWorker.StartAsync();
        var trace = Path.Combine(worker.Folder.Path, "trace");
        var comet = worker.Folder.File("comet", $"echo x >>{trace}; /bin/sh $0 & exit 0\n");
        var job = A.Shell($"trap '' TERM; env -i /usr/bin/setsid /bin/sh {comet} & while :; do sleep 0.05; done");
        await worker.Talk.DispatchAsync(job);
        await Processes.LineAsync(trace);

        await worker.Talk.StopAsync(job.JobId, 1, TimeSpan.Zero);
        await worker.Talk.EndOfAsync(job);
        var length = new FileInfo(trace).Length;

        Assert.DoesNotContain(ProcFs.Processes(), process => CommandLine(process.Pid).Contains(comet, StringComparison.Ordinal));
        Assert.Equal(length, new FileInfo(trace).Length);
    }

    [Fact]
    public async Task A_kernel_without_the_groups_kill_has_each_member_killed()
    {
        using var folder = new TemporaryFolder();
        var pid = ProcessSpawner.Spawn(new("/bin/sleep", ["sleep", "1000"], [], JobFile.OpenToAppend("/dev/null"), null));
        folder.File("cgroup.procs", $"{pid}\n");

        new AttemptGroup(folder.Path, folder.Path).Kill(new(ProcessStat.Gone(1), LaunchedHere: false, null));

        await Processes.UntilAsync(() => Children.TryReap(pid), "the member's death");
    }

    [Fact]
    public async Task Without_groups_sessions_and_environments_still_hold_an_attempt_together()
    {
        await using var worker = await TestWorker.StartAsync(adjust: ControlGroups.Without);
        var pid = Path.Combine(worker.Folder.Path, "pid");
        var job = A.Shell($"setsid sh -c 'trap \"\" TERM; echo $$ >{pid}; while :; do sleep 0.05; done' & wait");
        await worker.Talk.DispatchAsync(job);
        var started = await worker.Talk.StartOfAsync(job);
        var child = int.Parse(await Processes.LineAsync(pid));

        Assert.Equal(ControlGroups.Of(Environment.ProcessId), ControlGroups.Of(started.Pid));
        await worker.Talk.StopAsync(job.JobId, 1, Short);
        await worker.Talk.EndOfAsync(job);

        Assert.False(Processes.IsAlive(child));
    }

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
