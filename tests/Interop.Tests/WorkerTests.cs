using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Interop.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Interop.Tests;

/// <summary>A worker in another language: it knows of ours nothing but the protocol.</summary>
public sealed class WorkerTests
{
    private const string QuickHeartbeats = "leases: { heartbeat: 200ms, lease: 60s }\n";
    private const string QuickRetries = "retry: { first: 100ms, longest: 1s }\n";

    [PythonFact]
    public async Task It_runs_what_the_command_line_submits_and_tells_all_of_it()
    {
        await using var lab = await Lab.Start();
        using var worker = await StartWorker(lab);
        var saving = "echo \"on $CUDA_VISIBLE_DEVICES\"; "
            + "echo '{\"step\":7,\"path\":\"7.bin\",\"bytes\":1}' >> $GPUSCHED_CHECKPOINT_DIR/manifest.jsonl";
        var submitted = await lab.Cli("submit", "--gpus", "a100:1", "--checkpoint", "--", "sh", "-c", $"{saving}; {Wait(lab)}; echo done");
        Assert.Equal((0, "1"), (submitted.ExitCode, (await lab.Job("1")).Id));

        var running = await lab.JobIs("1", job => job.CheckpointStep == 7, "at step 7");
        Assert.Equal(JobState.Running, running.State);
        using var log = PythonCall.Start(lab, "logs", "1");
        await Prints(log, $"on {Assert.Single(running.Devices)}\n");
        await Open(lab);

        var ended = await lab.JobIs("1", JobState.Completed);
        Assert.Equal((0, 1, "py"), (ended.ExitCode, ended.Attempt, ended.Node));
        await Prints(log, "done\n");
        Assert.Equal("end", (await log.Next()).GetString());
        Assert.Contains("done", (await lab.Cli("logs", "1")).Output, StringComparison.Ordinal);
        await lab.NodeIs("py", node => node.State == NodeState.Idle, "idle");
    }

    [PythonFact]
    public async Task What_it_says_of_an_end_is_how_the_job_ended()
    {
        await using var lab = await Lab.Start(QuickRetries);
        using var worker = await StartWorker(lab);

        var failing = await lab.Submit(Lab.Shell("exit 3", retries: 0));
        var killed = await lab.Submit(Lab.Shell("kill -9 $$", retries: 0));
        var scripted = await lab.Submit(
            new JobSpec { User = "ada", Script = "#!/bin/sh\n[ \"$1\" = two ]\n", ScriptArguments = { "two" }, WorkingDirectory = "/tmp" });
        var homeless = await lab.Submit(new JobSpec { User = "ada", Command = { "true" }, WorkingDirectory = "/nosuch/folder" });

        Assert.Equal((3, 0), await FailureOf(lab, failing));
        Assert.Equal((137, 9), await FailureOf(lab, killed));
        Assert.Equal(0, (await lab.JobIs(scripted, JobState.Completed)).ExitCode);
        var last = (await lab.JobIs(homeless, JobState.Failed)).Attempts[^1];
        Assert.Equal(EndCause.LaunchFailed, last.Cause);
        Assert.Contains("/nosuch/folder", last.Message, StringComparison.Ordinal);
    }

    [PythonFact]
    public async Task It_stops_what_is_cancelled_and_confirms_it()
    {
        await using var lab = await Lab.Start();
        using var worker = await StartWorker(lab);
        var stubborn = $"sh -c 'trap \"\" TERM; echo $$ >> {lab.In("started")}; while true; do sleep 0.1; done' & wait";
        var job = await lab.Submit(Lab.Shell(stubborn, "training", "a100:2"));
        await lab.JobIs(job, JobState.Running);
        var child = Assert.Single(await Started(lab));

        Assert.Equal(0, (await lab.Cli("cancel", job)).ExitCode);

        var ended = await lab.JobIs(job, JobState.Cancelled);
        Assert.Equal(EndCause.Cancelled, Assert.Single(ended.Attempts).Cause);
        await Eventually.Sees("the child to be gone", () => Task.FromResult(Lives(child)), lives => !lives);
        var node = await lab.NodeIs("py", one => one.State == NodeState.Idle, "idle");
        Assert.All(node.Devices, device => Assert.Equal(0, device.MilliGranted));
    }

    [PythonFact]
    public async Task After_the_scheduler_was_killed_it_goes_on_with_the_same_attempt()
    {
        await using var lab = await Lab.Start();
        using var worker = await StartWorker(lab);
        var job = await lab.Submit(Noting(lab));
        var brief = await lab.Submit(Lab.Shell($"{Wait(lab, "brief")}; touch {lab.In("brief-ended")}"));
        await lab.JobIs(job, JobState.Running);
        await lab.JobIs(brief, JobState.Running);

        await lab.Scheduler.Kill();
        await Open(lab, "brief");
        await Eventually.Sees("the end meanwhile", () => Task.FromResult(File.Exists(lab.In("brief-ended"))), there => there);
        await lab.StartScheduler();

        Assert.Equal(1, (await lab.JobIs(brief, JobState.Completed)).Attempt);
        await lab.NodeIs("py", node => node.State == NodeState.Mixed, "back with what it runs");
        await Open(lab);
        Assert.Equal(1, (await lab.JobIs(job, JobState.Completed)).Attempt);
        Assert.Single(await Started(lab));
    }

    /// <summary>A machine that hangs: the scheduler ends the session. What it granted meanwhile may or may not have arrived.</summary>
    [PythonFact]
    public async Task After_a_silence_it_is_told_the_same_state_and_starts_nothing_twice()
    {
        await using var lab = await Lab.Start(QuickHeartbeats);
        using var worker = await StartWorker(lab);
        var before = await lab.Submit(Noting(lab));
        await lab.JobIs(before, JobState.Running);

        worker.Freeze();
        var meanwhile = await lab.Submit(Noting(lab));
        await lab.NodeIs("py", node => node.State == NodeState.Unknown, "silent");
        await Open(lab);
        worker.Thaw();

        foreach (var job in (string[])[before, meanwhile])
            Assert.Equal(1, (await lab.JobIs(job, JobState.Completed)).Attempt);
        Assert.Equal(2, (await Started(lab)).Length);
        Assert.Contains("ABORTED", worker.Output, StringComparison.Ordinal);
    }

    private static async Task<ProcessHandle> StartWorker(Lab lab)
    {
        Directory.CreateDirectory(lab.In("py"));
        var worker = ProcessHandle.Start(Python.Command("worker.py", lab.Server["http://".Length..], "py", lab.In("py")));
        var node = await lab.NodeIs("py", node => node.State == NodeState.Idle, "connected");
        Assert.Equal(["GPU-py-0", "GPU-py-1"], node.Devices.Select(device => device.Uuid));
        return worker;
    }

    /// <summary>Notes its process, then waits for the gate.</summary>
    private static JobSpec Noting(Lab lab) => Lab.Shell($"echo $$ >> {lab.In("started")}; {Wait(lab)}");

    private static string Wait(Lab lab, string gate = "gate") => $"while [ ! -e {lab.In(gate)} ]; do sleep 0.05; done";

    private static Task Open(Lab lab, string gate = "gate") => File.WriteAllTextAsync(lab.In(gate), "");

    private static Task<string[]> Started(Lab lab) => Eventually.Sees(
        "a process", () => Task.FromResult(File.Exists(lab.In("started")) ? File.ReadAllLines(lab.In("started")) : []),
        lines => lines.Length > 0);

    /// <summary>A process that has ended, and whose parent has not read its exit status yet, does not live.</summary>
    private static bool Lives(string process) =>
        File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static async Task<(int ExitCode, int Signal)> FailureOf(Lab lab, string job)
    {
        var ended = await lab.JobIs(job, JobState.Failed);
        return (ended.ExitCode, ended.Signal);
    }

    private static async Task Prints(PythonCall log, string text)
    {
        var said = "";
        while (said != text) said += (await log.Next()).GetProperty("data").GetString();
    }
}
