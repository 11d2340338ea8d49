using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>Idle datacenter cards work for others, and are given back.</summary>
public sealed class LoanTests
{
    [Fact]
    public async Task LentCard_IsGivenBackWithinTheGraceAndTheBorrowerGoesOnElsewhere()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab", 8, ("GPU-a100", "NVIDIA A100-SXM4-80GB", 80));
        var eval = await lab.Submit(Trainer.In(lab, "eval", "validation"));
        await lab.JobIs(eval, view => view is { OnLoan: true } && view.CheckpointStep >= 3, "on loan, at step 3");
        await lab.NodeIs("lab", node => node.Devices[0] is { OnLoan: true }, "lent");
        Assert.Contains("on loan", (await lab.Cli("gpus")).Output, StringComparison.Ordinal);
        Assert.Contains(", on loan", (await lab.Cli("show", eval)).Output, StringComparison.Ordinal);

        var train = await lab.Submit(Lab.Shell($"while [ ! -e {lab.In("trained")} ]; do sleep 0.1; done", "training", "1"));

        var running = await lab.JobIs(train, JobState.Running);
        Assert.Equal((false, "GPU-a100"), (running.OnLoan, Assert.Single(running.Devices)));
        var waiting = await lab.JobIs(eval, JobState.Pending);
        var lent = Assert.Single(waiting.Attempts);
        Assert.Equal(EndCause.Preempted, lent.Cause);
        // From the moment at which the other job asked; the grace is five seconds, the rest is the machine's to be slow in.
        Assert.InRange(lent.EndTime.ToDateTimeOffset() - running.SubmitTime.ToDateTimeOffset(), TimeSpan.Zero, TimeSpan.FromSeconds(15));

        await lab.StartWorker("desk", 8, ("GPU-4090", "NVIDIA GeForce RTX 4090", 24));
        var moved = await lab.JobIs(
            eval, view =>
                view is { State: JobState.Running, Node: "desk" } && view.CheckpointStep > waiting.CheckpointStep, "further on desk");
        Assert.Equal((false, waiting.CheckpointStep), (moved.OnLoan, moved.ResumedFromStep));
        await File.WriteAllTextAsync(lab.In("trained"), "");
        await lab.JobIs(train, JobState.Completed);
        await File.WriteAllTextAsync(lab.In("gate"), "");
        Assert.Equal(0, (await lab.JobIs(eval, JobState.Completed)).Failures);
        Trainer.LostNothing(lab, "eval");
    }
}
