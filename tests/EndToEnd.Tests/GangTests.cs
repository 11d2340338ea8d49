using System.Globalization;
using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>One job on three machines: its processes find one another, fail together and come back together.</summary>
public sealed class GangTests
{
    private const string Quick = "leases: { heartbeat: 200ms, lease: 2s }\nretry: { first: 100ms, longest: 1s }\n";

    /// <summary>Rank 0 waits for the others where all were told to meet; each says its rank over that connection.</summary>
    private const string Meeting =
        """
        import os, socket, time
        rank, count = int(os.environ["GPUSCHED_NODE_RANK"]), int(os.environ["GPUSCHED_NNODES"])
        place = (os.environ["MASTER_ADDR"], int(os.environ["MASTER_PORT"]))
        if rank == 0:
            with socket.create_server(place) as server:
                print(sorted(int(server.accept()[0].makefile().readline()) for _ in range(1, count)))
        while rank > 0:
            try:
                with socket.create_connection(place) as head:
                    head.sendall(b"%d\n" % rank)
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        """;

    [Fact]
    public async Task EachRank_LearnsItsPlaceAndMeetsTheOthers()
    {
        await using var lab = await StartLab();
        await File.WriteAllTextAsync(lab.In("meet.py"), Meeting);
        var spec = Gang(
            $"env > {lab.In("env")}.$GPUSCHED_NODE_RANK; echo I am $GPUSCHED_NODE_RANK; python3 {lab.In("meet.py")} > "
                + $"{lab.In("met")}.$GPUSCHED_NODE_RANK");
        spec.Gpus = "1";
        spec.GpusPerNode = true;
        spec.Tier = "training";

        var job = await lab.JobIs(await lab.Submit(spec), JobState.Completed);

        Assert.Equal((1, 0), (job.Attempt, job.ExitCode));
        Assert.Equal("a,b,c", NodesOf(job));
        Assert.Equal("[1, 2]", File.ReadAllText(lab.In("met.0")).Trim());
        for (var rank = 0; rank < 3; rank++) AssertKnowsItsPlace(lab, job, rank);
        await AssertLogsAreKeptApart(lab, job.Id);
    }

    [Fact]
    public async Task RankFails_TheOthersAreStoppedAndAllStartAgain()
    {
        await using var lab = await StartLab();
        var id = await lab.Submit(Gang(
            $"echo $$ > {lab.In("pid")}.$GPUSCHED_ATTEMPT.$GPUSCHED_NODE_RANK; " +
            $"while [ ! -e {lab.In("gate")} ]; do if [ $GPUSCHED_ATTEMPT.$GPUSCHED_NODE_RANK = 1.1 -a -e {lab.In("fail")} ]; then exit 7; "
                + "fi; sleep 0.1; done"));
        await lab.JobIs(id, JobState.Running);

        await File.WriteAllTextAsync(lab.In("fail"), "");
        var again = await lab.JobIs(id, job => job is { Attempt: 2, State: JobState.Running }, "running again");

        var first = again.Attempts.Single(attempt => attempt.Number == 1);
        Assert.Equal((EndCause.Exited, 7), (first.Cause, first.ExitCode));
        Assert.StartsWith("rank 1 on b", first.Message, StringComparison.Ordinal);
        Assert.Equal(1, again.Failures);
        await AllLive(lab, 2);
        Assert.Equal(0, Lives(lab, 1));
        await File.WriteAllTextAsync(lab.In("gate"), "");
        await lab.JobIs(id, JobState.Completed);
    }

    [Fact]
    public async Task NodeLost_TheGangWaitsForThreeNodesAndResumesFromItsCheckpoint()
    {
        await using var lab = await Lab.Start(Quick);
        await StartWorkers(lab, "a", "b");
        var lost = await lab.StartWorker("c");
        Directory.CreateDirectory(lab.In("checkpoints"));
        var id = await lab.Submit(Saving(lab));
        await lab.JobIs(id, job => job is { State: JobState.Running, CheckpointStep: 100 }, "at step 100 on all nodes");

        await lost.Kill();
        Leftovers.KillIn(lab.In("worker-c"));
        var waiting = await lab.JobIs(id, JobState.Pending);
        Assert.Equal(1, waiting.Attempt);
        Assert.Equal(EndCause.NodeLost, waiting.Attempts.Single().Cause);
        Assert.Equal(0, Lives(lab, 1));

        await lab.StartWorker("c");
        var second = await lab.JobIs(id, job => job is { Attempt: 2, State: JobState.Running }, "running again");
        Assert.Equal((100, 0), (second.ResumedFromStep, second.Failures));
        Assert.Equal("a,b,c", NodesOf(second));
        await File.WriteAllTextAsync(lab.In("gate"), "");
        await lab.JobIs(id, JobState.Completed);
        for (var rank = 0; rank < 3; rank++) Assert.Equal("100", File.ReadAllText(lab.In($"step.2.{rank}")).Trim());
    }

    [Fact]
    public async Task SchedulerAndAWorkerKilled_TheGangGoesOnAndEndsAsOne()
    {
        await using var lab = await Lab.Start();
        await StartWorkers(lab, "a", "b");
        var killed = await lab.StartWorker("c");
        Directory.CreateDirectory(lab.In("checkpoints"));
        var id = await lab.Submit(Saving(lab));
        await lab.JobIs(id, JobState.Running);

        await Task.WhenAll(lab.Scheduler.Kill(), killed.Kill());
        await File.WriteAllTextAsync(lab.In("gate"), "");
        await lab.StartScheduler();
        // Two ranks have ended well; of the third nobody can say anything yet.
        await lab.NodeIs("a", node => node.State != NodeState.Unknown, "connected");
        Assert.NotEqual(JobState.Completed, (await lab.Job(id)).State);
        await lab.StartWorker("c");

        var ended = await lab.JobIs(id, JobState.Completed);
        Assert.Equal((1, 0, "a,b,c"), (ended.Attempt, ended.ExitCode, NodesOf(ended)));
    }

    [Fact]
    public async Task NodeSilentButAlive_ItsRankOfTheLostGangIsStoppedWhenItIsBack()
    {
        await using var lab = await Lab.Start(Quick);
        await StartWorkers(lab, "a", "b");
        var silent = await lab.StartWorker("c");
        Directory.CreateDirectory(lab.In("checkpoints"));
        var id = await lab.Submit(Saving(lab));
        await lab.JobIs(id, job => job is { State: JobState.Running, CheckpointStep: 100 }, "at step 100 on all nodes");

        await silent.Kill();
        await StartWorkers(lab, "d");
        var second = await lab.JobIs(id, job => job is { Attempt: 2, State: JobState.Running }, "running on three nodes again");
        Assert.Equal((100, "a,b,d"), (second.ResumedFromStep, NodesOf(second)));
        await AllLive(lab, 2);
        Assert.Equal(1, Lives(lab, 1));

        await lab.StartWorker("c");
        await Eventually.Sees("the rank of the first attempt to be gone", () => Task.FromResult(Lives(lab, 1)), lives => lives == 0);
        await File.WriteAllTextAsync(lab.In("gate"), "");
        Assert.Equal(2, (await lab.JobIs(id, JobState.Completed)).Attempt);
    }

    private static async Task AssertLogsAreKeptApart(Lab lab, string id)
    {
        for (var rank = 0; rank < 3; rank++) Assert.Equal((0, $"I am {rank}\n"), await Logs(lab, "--rank", $"{rank}", id));
        Assert.Equal((0, "I am 0\n"), await Logs(lab, id));
        Assert.Equal((0, "I am 2\n"), await Logs(lab, "--follow", "--rank", "2", id));
        var refused = await lab.Cli("logs", "--rank", "3", id);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("rank: '3': 0 … 2: the job has 3 nodes", refused.Error, StringComparison.Ordinal);
    }

    private static async Task<(int, string)> Logs(Lab lab, params string[] words)
    {
        var result = await lab.Cli(["logs", .. words]);
        return (result.ExitCode, result.Output);
    }

    private static async Task<Lab> StartLab()
    {
        var lab = await Lab.Start(Quick);
        await StartWorkers(lab, "a", "b", "c");
        return lab;
    }

    private static async Task StartWorkers(Lab lab, params string[] names)
    {
        foreach (var name in names) await lab.StartWorker(name, 8, ($"GPU-{name}", "NVIDIA A100-SXM4-80GB", 80));
    }

    private static JobSpec Gang(string line)
    {
        var spec = Lab.Shell(line);
        spec.Nodes = 3;
        spec.Grace = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(1));
        return spec;
    }

    /// <summary>
    /// Every rank notes from which step it goes on; the head of a first attempt saves step 100. Runs until the gate opens.
    /// </summary>
    private static JobSpec Saving(Lab lab)
    {
        var spec = Gang(
            $"echo $$ > {lab.In("pid")}.$GPUSCHED_ATTEMPT.$GPUSCHED_NODE_RANK; echo $GPUSCHED_RESUME_STEP > "
                + $"{lab.In("step")}.$GPUSCHED_ATTEMPT.$GPUSCHED_NODE_RANK; cd $GPUSCHED_CHECKPOINT_DIR; " +
            "if [ $GPUSCHED_ATTEMPT.$GPUSCHED_NODE_RANK = 1.0 ]; then echo weights > step-100.bin; echo "
                + "'{\"step\":100,\"path\":\"step-100.bin\",\"bytes\":8}' >> manifest.jsonl; fi; " +
            $"while [ ! -e {lab.In("gate")} ]; do sleep 0.1; done");
        spec.Checkpoint = new CheckpointSpec { Enabled = true, Directory = lab.In("checkpoints") };
        return spec;
    }

    private static void AssertKnowsItsPlace(Lab lab, Job job, int rank)
    {
        var (told, node) = (Environment(lab, rank), job.Nodes[rank]);
        Assert.All(["GPUSCHED_NODE_RANK", "NODE_RANK", "SLURM_NODEID", "SLURM_PROCID"], name => Assert.Equal($"{rank}", told[name]));
        Assert.All(["GPUSCHED_NNODES", "SLURM_NNODES", "SLURM_JOB_NUM_NODES", "SLURM_NTASKS"], name => Assert.Equal("3", told[name]));
        Assert.All(["GPUSCHED_NODELIST", "SLURM_NODELIST", "SLURM_JOB_NODELIST"], name => Assert.Equal("a,b,c", told[name]));
        Assert.All(["GPUSCHED_NODE", "SLURMD_NODENAME"], name => Assert.Equal(node.Node, told[name]));
        Assert.Equal((job.Id, job.Id, "0"), (told["GPUSCHED_JOB_ID"], told["SLURM_JOB_ID"], told["SLURM_LOCALID"]));
        Assert.Equal($"GPU-{node.Node}", told["CUDA_VISIBLE_DEVICES"]);
        Assert.Equal("127.0.0.1", told["MASTER_ADDR"]);
        Assert.Equal(Environment(lab, 0)["MASTER_PORT"], told["MASTER_PORT"]);
        Assert.InRange(int.Parse(told["MASTER_PORT"], CultureInfo.InvariantCulture), 1024, 32_767);
    }

    private static Dictionary<string, string> Environment(Lab lab, int rank) => File.ReadAllLines(lab.In($"env.{rank}"))
        .Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);

    private static string NodesOf(Job job) => string.Join(',', job.Nodes.Select(share => share.Node));

    /// <summary>A rank is started before its shell has written its number.</summary>
    private static Task AllLive(Lab lab, int attempt) =>
        Eventually.Sees("three ranks", () => Task.FromResult(Lives(lab, attempt)), lives => lives == 3);

    private static int Lives(Lab lab, int attempt) =>
        Directory.EnumerateFiles(lab.Folder, $"pid.{attempt}.*").Count(file => Directory.Exists($"/proc/{File.ReadAllText(file).Trim()}"));
}
