using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>Each kind of work on the cards it belongs on.</summary>
public sealed class PlacementTests
{
    [Fact]
    public async Task EachTier_GetsItsOwnCards()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("box", 16, ("GPU-a100", "NVIDIA A100-SXM4-80GB", 80), ("GPU-4090", "NVIDIA GeForce RTX 4090", 24));

        var training = await lab.Submit(Waiting(lab, "training", "1"));
        var validation = await lab.Submit(Waiting(lab, "validation", "1"));
        var second = await lab.Submit(Waiting(lab, "training", "1"));
        var preprocessing = await lab.Submit(Lab.Shell($"echo \"[$CUDA_VISIBLE_DEVICES]\" > {lab.In("visible")}"));

        Assert.Equal(["GPU-a100"], (await lab.JobIs(training, JobState.Running)).Devices);
        Assert.Equal(["GPU-4090"], (await lab.JobIs(validation, JobState.Running)).Devices);
        Assert.Empty((await lab.JobIs(preprocessing, JobState.Completed)).Devices);
        Assert.Equal("[]", File.ReadAllText(lab.In("visible")).Trim());
        // It has no checkpoint contract: however long it waits, it may not go to a consumer card.
        var waiting = await lab.Job(second);
        Assert.Equal(JobState.Pending, waiting.State);
        Assert.NotEmpty(waiting.Reason);

        await File.WriteAllTextAsync(lab.In("gate"), "");
        Assert.Equal(["GPU-a100"], (await lab.JobIs(second, JobState.Completed)).Devices);
    }

    [Fact]
    public async Task Training_TakesTheA100ThoughAConsumerCardIsFreeToo()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("a-desk", 8, ("GPU-4090", "NVIDIA GeForce RTX 4090", 24));
        await lab.StartWorker("z-lab", 8, ("GPU-a100", "NVIDIA A100-SXM4-80GB", 80));

        var job = await lab.Submit(Lab.Shell("true", "training", "1"));

        Assert.Equal(["GPU-a100"], (await lab.JobIs(job, JobState.Completed)).Devices);
    }

    [Fact]
    public async Task ArrayAndDependency_RunInTheirOrder()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");
        var array = Lab.Shell($"echo element $SLURM_ARRAY_TASK_ID >> {lab.In("order")}");
        array.Array = "0-4%2";
        var first = await lab.Submit(array);
        var after = Lab.Shell($"echo after >> {lab.In("order")}");
        after.Dependency = $"afterok:{first}";

        await lab.JobIs(await lab.Submit(after), JobState.Completed);

        var lines = File.ReadAllLines(lab.In("order"));
        Assert.Equal(["element 0", "element 1", "element 2", "element 3", "element 4"], lines[..5].Order());
        Assert.Equal("after", lines[5]);
    }

    [Fact]
    public async Task DrainedNode_TakesNothingNewUntilItIsResumed()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");
        Assert.Equal(0, (await lab.Cli("drain", "lab", "--reason", "new fan")).ExitCode);
        var drained = await lab.NodeIs("lab", node => node.State == NodeState.Drained, "drained");
        Assert.StartsWith("new fan (by ", drained.Reason, StringComparison.Ordinal);

        var job = await lab.Submit(Lab.Shell("true"));
        Assert.Equal(("ReqNodeNotAvail", JobState.Pending), ((await lab.Job(job)).Reason, (await lab.Job(job)).State));

        Assert.Equal(0, (await lab.Cli("resume", "lab")).ExitCode);
        await lab.JobIs(job, JobState.Completed);
    }

    private static JobSpec Waiting(Lab lab, string tier, string gpus) =>
        Lab.Shell($"while [ ! -e {lab.In("gate")} ]; do sleep 0.1; done", tier, gpus);
}
