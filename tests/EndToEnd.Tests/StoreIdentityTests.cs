using System.Diagnostics;
using System.Text.Json.Nodes;
using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>A worker meets another store, or an older copy of its own: what it did for the one is never taken for the other's.</summary>
public sealed class StoreIdentityTests
{
    [Fact]
    public async Task NewStore_ItsJobsRunAlthoughTheWorkerHasSeenTheirNumbers()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");
        await lab.JobIs(await lab.Submit(Lab.Shell("echo OLD-1")), JobState.Completed);
        await lab.JobIs(await lab.Submit(Lab.Shell("exit 9", retries: 0)), JobState.Failed);

        await ReplaceStore(lab, () => Directory.Delete(lab.In("scheduler"), recursive: true));
        var (first, second) = (await lab.Submit(Lab.Shell("echo NEW-1")), await lab.Submit(Lab.Shell("true")));

        Assert.Equal(("1", "2"), (first, second));
        await lab.JobIs(first, JobState.Completed);
        Assert.Equal("NEW-1\n", (await lab.Cli("logs", "1")).Output);
        Assert.Equal(1, (await lab.JobIs(second, JobState.Completed)).Attempt);
        await lab.NodeIs("lab", node => node.Reason.Contains("keeps the folder of 1 other store", StringComparison.Ordinal), "keeping");
    }

    [Fact]
    public async Task NewStore_ItsJobsDoNotResumeFromAStrangersCheckpoint()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");
        await lab.JobIs(await lab.Submit(Checkpointed(lab, "first")), JobState.Completed);

        await ReplaceStore(lab, () => Directory.Delete(lab.In("scheduler"), recursive: true));
        await lab.JobIs(await lab.Submit(Checkpointed(lab, "second")), JobState.Completed);

        Assert.Equal("from ''\n", File.ReadAllText(lab.In("second")));
    }

    [Fact]
    public async Task DataRemovedWhileTheWorkerRuns_TheLaunchFailsInsteadOfHanging()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");
        await lab.JobIs(await lab.Submit(Lab.Shell("true")), JobState.Completed);

        Directory.Delete(lab.In("worker-lab"), recursive: true);
        var job = await lab.Submit(Lab.Shell("true"));

        await lab.JobIs(
            job, seen => seen.State == JobState.Completed || seen.Attempts.Any(attempt => attempt.Cause == EndCause.LaunchFailed),
            "done, or known to fail at its launch");
    }

    [Fact]
    public async Task TwoStoresInTurn_EachHearsOfItsOwnAttemptsOnly()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab", cores: 8, ("GPU-a", "NVIDIA A100-SXM4-80GB", 80));
        var ofA = await lab.Submit(Gated(lab));
        await lab.JobIs(ofA, JobState.Running);

        // B: the card is held by the attempt of A, and granted when that has ended.
        await ReplaceStore(lab, () => Directory.Move(lab.In("scheduler"), lab.In("scheduler-a")));
        var node = await lab.NodeIs("lab", node => node.Reason.Contains("held by another store: 1 card", StringComparison.Ordinal), "held");
        Assert.True(node.Devices.Single().HeldElsewhere);
        Assert.Contains("other store", (await lab.Cli("gpus")).Output, StringComparison.Ordinal);
        Assert.Matches("lab +allocated +[0-9/]+ +[0-9/G]+ +1/1 ", (await lab.Cli("nodes")).Output);
        var held = JsonNode.Parse((await lab.Cli("nodes", "--output", "json")).Output)!["nodes"]![0]!;
        Assert.Equal((node.CpuHeldElsewhere, true), ((int)held["cpuHeldElsewhere"]!, (bool)held["devices"]![0]!["heldElsewhere"]!));
        Assert.True(node.CpuHeldElsewhere > 0 && node.CpuHeldElsewhere == node.CpuCores - node.CpuFree);
        Assert.Equal("GPU-a", (string)held["keptStores"]![0]!["attempts"]![0]!["devices"]![0]!);
        var ofB = await lab.Submit(Lab.Shell("echo B", "training", "1"));
        Assert.Equal(JobState.Pending, (await lab.Job(ofB)).State);
        Assert.Equal(ofA, ofB);
        await File.WriteAllTextAsync(lab.In("gate"), "");
        Assert.Equal(1, (await lab.JobIs(ofB, JobState.Completed)).Attempt);
        Assert.Equal("B\n", (await lab.Cli("logs", ofB)).Output);

        // A: its attempt ended meanwhile.
        await ReplaceStore(lab, () =>
        {
            Directory.Move(lab.In("scheduler"), lab.In("scheduler-b"));
            Directory.Move(lab.In("scheduler-a"), lab.In("scheduler"));
        });
        Assert.Equal(1, (await lab.JobIs(ofA, JobState.Completed)).Attempt);
        Assert.Equal("A\n", (await lab.Cli("logs", ofA)).Output);
        Assert.Single(File.ReadAllLines(lab.In("began")));
    }

    [Fact]
    public async Task BackupPutBack_IsNoticedAndNumbersGoOnAboveTheLostOnes()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");
        await lab.JobIs(await lab.Submit(Lab.Shell("echo kept")), JobState.Completed);
        Backup(lab.In("scheduler/gpusched.db"), lab.In("backup.db"));
        await lab.JobIs(await lab.Submit(Lab.Shell("echo LOST-2")), JobState.Completed);
        await lab.JobIs(await lab.Submit(Lab.Shell("exit 9", retries: 0)), JobState.Failed);

        await ReplaceStore(lab, () =>
        {
            Directory.Delete(lab.In("scheduler"), recursive: true);
            Directory.CreateDirectory(lab.In("scheduler"));
            File.Copy(lab.In("backup.db"), lab.In("scheduler/gpusched.db"));
        });
        await lab.NodeIs("lab", node => node.State == NodeState.Idle && node.KeptStores.Count == 1, "back with another folder");
        var next = await lab.Submit(Lab.Shell("echo NEW"));

        Assert.Equal("4", next);
        Assert.Equal(1, (await lab.JobIs(next, JobState.Completed)).Attempt);
        Assert.Equal("NEW\n", (await lab.Cli("logs", next)).Output);
        Assert.Equal(JobState.Completed, (await lab.Job("1")).State);
    }

    [Fact]
    public async Task BackupPutBack_WhatRunsGoesOnBesideItAndIsStoppedByHandAsTheDocsSay()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab", cores: 8, ("GPU-a", "NVIDIA A100-SXM4-80GB", 80));
        var job = await lab.Submit(Gated(lab));
        await lab.JobIs(job, JobState.Running);
        Backup(lab.In("scheduler/gpusched.db"), lab.In("backup.db"));
        await lab.JobIs(await lab.Submit(Lab.Shell("true", "preprocessing")), JobState.Completed);

        await ReplaceStore(lab, () =>
        {
            Directory.Delete(lab.In("scheduler"), recursive: true);
            Directory.CreateDirectory(lab.In("scheduler"));
            File.Copy(lab.In("backup.db"), lab.In("scheduler/gpusched.db"));
        });
        await lab.NodeIs("lab", node => node.Reason.Contains("held by another store: 1 card", StringComparison.Ordinal), "held");
        Assert.Single(File.ReadAllLines(lab.In("began")));

        StopByHand(Assert.Single(Directory.GetDirectories(lab.In("worker-lab/stores"), $"{job}.1", SearchOption.AllDirectories)));
        await lab.NodeIs("lab", node => node.KeptStores.All(store => store.Attempts.Count == 0), "given back");
        await File.WriteAllTextAsync(lab.In("gate"), "");
        await lab.JobIs(job, JobState.Completed);
        Assert.Equal(2, File.ReadAllLines(lab.In("began")).Length);
    }

    /// <summary>The lines of docs/backup.md, in the attempt's folder.</summary>
    private static void StopByHand(string attempt)
    {
        const string script = "supervisor=$(head -c 32 run | grep -o '[0-9][0-9]*' | head -1); kill -s TERM -- \"-$supervisor\"";
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { WorkingDirectory = attempt })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    [Fact]
    public async Task OneNameTwoMachines_TheSecondIsRefusedAndTheFirstsJobGoesOn()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("desk");
        var job = await lab.Submit(Gated(lab, tier: "preprocessing", gpus: ""));
        await lab.JobIs(job, JobState.Running);

        using var second = ProcessHandle.Start(
            Apps.Command("gpusched-worker", "--server", lab.Server, "--name", "desk", "--data", lab.In("elsewhere")));
        await Eventually.Sees(
            "the refusal", () => Task.FromResult(second.Output),
            output => output.Contains("another worker, at", StringComparison.Ordinal)
                && output.Contains("--name", StringComparison.Ordinal));

        Assert.Contains("was refused", lab.Scheduler.Output, StringComparison.Ordinal);
        Assert.Equal((JobState.Running, 1), ((await lab.Job(job)).State, (await lab.Job(job)).Attempt));
        await File.WriteAllTextAsync(lab.In("gate"), "");
        Assert.Equal(1, (await lab.JobIs(job, JobState.Completed)).Attempt);
    }

    [Fact]
    public async Task RenamedWorker_KeepsItsAttemptsUnderTheirName()
    {
        await using var lab = await Lab.Start();
        var worker = await lab.StartWorker("desk");
        var job = await lab.Submit(Gated(lab, tier: "preprocessing", gpus: ""));
        await lab.JobIs(job, JobState.Running);
        await worker.Terminate();

        using var renamed = ProcessHandle.Start(
            Apps.Command("gpusched-worker", "--server", lab.Server, "--name", "desk-new", "--data", lab.In("worker-desk")));
        await Eventually.Sees("the refusal", () => Task.FromResult(renamed.HasExited), exited => exited);

        Assert.Equal(2, renamed.ExitCode);
        Assert.Contains("belongs to node desk", renamed.Output, StringComparison.Ordinal);
        await lab.StartWorker("desk");
        await File.WriteAllTextAsync(lab.In("gate"), "");
        Assert.Equal(1, (await lab.JobIs(job, JobState.Completed)).Attempt);
    }

    /// <summary>The scheduler dies, its data is changed, and it starts again at the same address. The worker goes on.</summary>
    private static async Task ReplaceStore(Lab lab, Action change)
    {
        await lab.Scheduler.Kill();
        change();
        await lab.StartScheduler();
        await lab.NodeIs("lab", node => node.State is not (NodeState.Unknown or NodeState.Down), "connected");
    }

    private static JobSpec Gated(Lab lab, string tier = "training", string gpus = "1") => Lab.Shell(
        $"echo $$ >> {lab.In("began")}; echo A; while [ ! -e {lab.In("gate")} ]; do sleep 0.1; done", tier, gpus);

    /// <summary>Saves step 10 and says from where it began.</summary>
    private static JobSpec Checkpointed(Lab lab, string name)
    {
        var spec = Lab.Shell(
            $"echo \"from '$GPUSCHED_RESUME_FROM'\" > {lab.In(name)}; cd $GPUSCHED_CHECKPOINT_DIR; echo weights > 10.bin; "
            + "echo '{\"step\":10,\"path\":\"10.bin\",\"bytes\":8}' >> manifest.jsonl");
        spec.Checkpoint = new CheckpointSpec { Enabled = true };
        return spec;
    }

    /// <summary>As <c>sqlite3 .backup</c> does it: from the running scheduler, whole.</summary>
    private static void Backup(string from, string to)
    {
        const string program = "import sqlite3,sys; s=sqlite3.connect(sys.argv[1]); d=sqlite3.connect(sys.argv[2]); s.backup(d); d.close()";
        using var python = Process.Start("python3", ["-c", program, from, to]);
        python.WaitForExit();
        Assert.Equal(0, python.ExitCode);
    }
}
