using System.Globalization;
using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>Machines that belong to somebody by day.</summary>
public sealed class HoursTests
{
    [Fact]
    public async Task ClosedMachine_IsItsOwnersWithinTheGraceAndItsJobGoesOnElsewhere()
    {
        await using var lab = await Lab.Start("name: default\n");
        await lab.StartWorker("desk", 8, ("GPU-4090", "NVIDIA GeForce RTX 4090", 24));
        var job = await lab.Submit(Trainer.In(lab, "train", "validation"));
        await lab.JobIs(job, view => view.CheckpointStep >= 3, "at step 3");

        // Its hours begin in two hours from now, whatever the time is.
        var opens = TimeProvider.System.GetUtcNow().AddHours(2);
        var hours = string.Create(CultureInfo.InvariantCulture, $"{opens:HH:mm}-{opens.AddHours(1):HH:mm}");
        await File.WriteAllTextAsync(lab.In("pool.yaml"), $"name: default\nnodes: [{{ name: desk, available: \"{hours}\" }}]\n");
        Assert.Equal(0, (await lab.Cli("reload")).ExitCode);

        var waiting = await lab.JobIs(job, JobState.Pending);
        Assert.Equal("ReqNodeNotAvail", waiting.Reason);
        Assert.Contains($"desk fits but is available {hours} UTC, opens in", waiting.ReasonText, StringComparison.Ordinal);
        var desk = await lab.NodeIs("desk", node => node is { State: NodeState.Reserved, Jobs.Count: 0 }, "closed and empty");
        Assert.Equal(
            (string.Create(CultureInfo.InvariantCulture, $"closed until {opens:HH:mm} UTC"), $"{hours} UTC"), (desk.Reason, desk.Available));
        Assert.InRange(desk.OpensAt.ToDateTimeOffset(), opens.AddMinutes(-1), opens);
        Assert.Contains(desk.Reason, (await lab.Cli("nodes")).Output, StringComparison.Ordinal);
        Assert.Contains("NodeClosed", (await lab.Cli("explain", job)).Output, StringComparison.Ordinal);

        await lab.StartWorker("spare", 8, ("GPU-other", "NVIDIA GeForce RTX 4090", 24));
        await lab.JobIs(
            job, view =>
                view is { State: JobState.Running, Node: "spare" } && view.CheckpointStep > waiting.CheckpointStep, "further on spare");
        await File.WriteAllTextAsync(lab.In("gate"), "");
        var ended = await lab.JobIs(job, JobState.Completed);
        Assert.Equal([EndCause.Closed, EndCause.Exited], ended.Attempts.Select(attempt => attempt.Cause));
        Assert.Equal((0, waiting.CheckpointStep), (ended.Failures, ended.ResumedFromStep));
        Assert.EndsWith(" GPU-other closed", File.ReadAllLines(Trainer.Steps(lab, "train"))[^1], StringComparison.Ordinal);
        Trainer.LostNothing(lab, "train");
    }

    [Fact]
    public async Task WrongHours_AreRefusedWholeWithEveryFault()
    {
        await using var lab = await Lab.Start("name: default\n");
        await lab.StartWorker("desk");
        await File.WriteAllTextAsync(lab.In("pool.yaml"), "timezone: Berlin\nnodes:\n- { name: desk, available: \"22-7\" }\n");

        var reload = await lab.Cli("reload");

        Assert.NotEqual(0, reload.ExitCode);
        Assert.Contains("timezone: 'Berlin': an IANA time zone", reload.Error, StringComparison.Ordinal);
        Assert.Contains("nodes[0].available: '22-7': always, never, or days and hours", reload.Error, StringComparison.Ordinal);
        await lab.JobIs(await lab.Submit(Lab.Shell("true")), JobState.Completed);
    }
}
