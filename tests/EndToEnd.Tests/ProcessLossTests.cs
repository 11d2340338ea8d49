using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>Processes die; jobs go on or come back, never twice at once.</summary>
public sealed class ProcessLossTests
{
    private const string QuickLeases = "leases: { heartbeat: 200ms, lease: 2s }\nretry: { first: 100ms, longest: 1s }\n";

    [Fact]
    public async Task WorkerKilled_ItsAttemptGoesOnAndIsAdoptedAgain()
    {
        await using var lab = await Lab.Start();
        var worker = await lab.StartWorker("lab");
        var job = await lab.Submit(Gated(lab));
        await lab.JobIs(job, JobState.Running);

        await worker.Kill();
        await lab.NodeIs("lab", node => node.State == NodeState.Unknown, "unknown");
        Assert.Equal(JobState.Running, (await lab.Job(job)).State);
        await lab.StartWorker("lab");
        await File.WriteAllTextAsync(lab.In("gate"), "");

        var ended = await lab.JobIs(job, JobState.Completed);
        Assert.Equal(1, ended.Attempt);
        Assert.Single(File.ReadAllLines(lab.In("started")));
    }

    /// <summary>The scheduler could give the job to the same worker again, which would begin it and leave.</summary>
    [Fact]
    public async Task WorkerThatStopsItsAttempts_LeavesNothingRunning()
    {
        await using var lab = await Lab.Start();
        lab.WorkerFlags = ["--stop-attempts-on-exit"];
        var worker = await lab.StartWorker("lab");
        var job = await lab.Submit(Gated(lab));
        await lab.JobIs(job, JobState.Running);

        Assert.Equal(0, await worker.Terminate());
        Assert.Equal((JobState.Pending, 1), ((await lab.Job(job)).State, (await lab.Job(job)).Attempt));

        await lab.StartWorker("lab");
        await File.WriteAllTextAsync(lab.In("gate"), "");
        Assert.Equal(2, (await lab.JobIs(job, JobState.Completed)).Attempt);
    }

    [Fact]
    public async Task SchedulerAway_WhatEndsMeanwhileArrivesLater()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");
        var good = await lab.Submit(Gated(lab));
        var bad = await lab.Submit(
            Lab.Shell($"while [ ! -e {lab.In("gate")} ]; do sleep 0.1; done; touch {lab.In("bad")}; exit 7", retries: 0));
        await lab.JobIs(good, JobState.Running);
        await lab.JobIs(bad, JobState.Running);

        await lab.Scheduler.Kill();
        await File.WriteAllTextAsync(lab.In("gate"), "");
        await Eventually.Sees(
            "both jobs to end", () => Task.FromResult(File.Exists(lab.In("done")) && File.Exists(lab.In("bad"))), done => done);
        await lab.StartScheduler();

        await lab.JobIs(good, JobState.Completed);
        Assert.Equal(7, (await lab.JobIs(bad, JobState.Failed)).ExitCode);
    }

    [Fact]
    public async Task BothKilled_NothingIsLostAndNothingRunsTwice()
    {
        await using var lab = await Lab.Start();
        var worker = await lab.StartWorker("lab");
        var running = await lab.Submit(Gated(lab));
        await lab.JobIs(running, JobState.Running);

        await Task.WhenAll(lab.Scheduler.Kill(), worker.Kill());
        await File.WriteAllTextAsync(lab.In("gate"), "");
        await lab.StartScheduler();
        await lab.StartWorker("lab");

        Assert.Equal(1, (await lab.JobIs(running, JobState.Completed)).Attempt);
        Assert.Single(File.ReadAllLines(lab.In("started")));
    }

    [Fact]
    public async Task NodeLost_TheJobIsRequeuedOnceFromItsCheckpointAndTheOldAttemptIsFenced()
    {
        await using var lab = await Lab.Start(QuickLeases);
        var lost = await lab.StartWorker("a-lost");
        Directory.CreateDirectory(lab.In("checkpoints"));
        var job = await lab.Submit(Saving(lab));
        await lab.JobIs(job, view => view.CheckpointStep == 100, "at step 100");

        await lost.Kill();
        await lab.StartWorker("b-spare");
        var second = await lab.JobIs(job, view => view is { Attempt: 2, State: JobState.Running }, "running again");
        Assert.Equal(("b-spare", 100), (second.Node, second.ResumedFromStep));

        // The old attempt lives on its node until the worker is back and hears that a newer one exists.
        await Eventually.Sees("both attempts", () => Task.FromResult(Lives(lab)), lives => lives == 2);
        await lab.StartWorker("a-lost");
        await Eventually.Sees("the old attempt to be gone", () => Task.FromResult(Lives(lab)), lives => lives == 1);
        Assert.Equal(2, (await lab.Job(job)).Attempt);
        await File.WriteAllTextAsync(lab.In("gate"), "");
        await lab.JobIs(job, JobState.Completed);
    }

    /// <summary>Notes that it began, runs until the gate opens, notes that it is done.</summary>
    private static JobSpec Gated(Lab lab) =>
        Lab.Shell($"echo $$ >> {lab.In("started")}; while [ ! -e {lab.In("gate")} ]; do sleep 0.1; done; touch {lab.In("done")}");

    /// <summary>Saves step 100 at once, then runs until the gate opens.</summary>
    private static JobSpec Saving(Lab lab)
    {
        var spec = Lab.Shell(
            $"cd $GPUSCHED_CHECKPOINT_DIR; echo $$ > {lab.In("alive")}.$GPUSCHED_ATTEMPT; " +
            "if [ -z \"$GPUSCHED_RESUME_STEP\" ]; then echo weights > step-100.bin; echo "
                + "'{\"step\":100,\"path\":\"step-100.bin\",\"bytes\":8}' >> manifest.jsonl; fi; " +
            $"while [ ! -e {lab.In("gate")} ]; do sleep 0.1; done");
        spec.Checkpoint = new CheckpointSpec { Enabled = true, Directory = lab.In("checkpoints") };
        spec.Grace = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(1));
        return spec;
    }

    private static int Lives(Lab lab) =>
        Directory.EnumerateFiles(lab.Folder, "alive.*").Count(file => Directory.Exists($"/proc/{File.ReadAllText(file).Trim()}"));
}
