using System.Text.Json;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Serialization;
using GpuScheduler.Grains.Tests.Harness;

namespace GpuScheduler.Grains.Tests.Serialization;

/// <summary>What crosses between silos must come out as it went in.</summary>
public sealed class CoreJsonTests
{
    private static readonly AttemptId Attempt = new(new JobId(12, 3), 2);
    private static readonly DateTimeOffset Time = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly Checkpoint Saved = new(100, "step-100.bin", 8, "", Time);

    public static TheoryData<object> Messages() =>
    [
        new PoolInput.Submit(
            [new JobSubmission(
                Drafts.Training with { Environment = new Dictionary<string, string> { ["A"] = "b" }, Grace = TimeSpan.FromSeconds(1) },
                "key")
            {
                ClockChanges = [new(Time, TimeSpan.FromHours(2))],
            }]),
        new PoolInput.Cancel(["12", "12_[0-4]"], "ada", "why"),
        new PoolInput.NodeJoined(
            new NodeId("lab"), "s1", "boot", "1.0",
            new NodeInventory(8, 1024, 2, [new AnnouncedDevice("GPU-1", "A100", 81_920, DeviceClass.Datacenter)]),
            [new HeldAttempt(Attempt, true)]),
        new PoolInput.Reported(new NodeId("lab"), 7, Attempt, Time, new AttemptEvent.Ended(EndCause.Exited, 137, 9, "killed")),
        new PoolInput.Reported(new NodeId("lab"), 8, Attempt, Time, new AttemptEvent.Saved(Saved)),
        new PoolInput.Drain("lab", "why", TimeSpan.FromMinutes(5), "ada"),
        new PoolReply.Submitted([new AdmittedJob(12, 1, "training", "asks for GPUs", ["a warning"])]),
        new PoolReply.Rejected([new Fault("gpus", "z", "a model")], NotFound: true),
        new PoolInput.Reload(new PoolConfig()),
        new PoolReply.Reloaded(["tiers"], ["a warning"]),
        new PoolReply.Serviced(new NodeId("lab"), "GPU-1"),
        new PoolEffect.Stop(new NodeId("lab"), Attempt, EndCause.Drained, true, TimeSpan.FromSeconds(30), "why"),
        new PoolEffect.AckReports(new NodeId("lab"), 7),
        new ArrayGroup(JobState.Pending, Reason.Resources, 2, [new JobId(12, 1)], "why"),
        new JobQuery { Ids = [new JobId(12)], States = [JobState.Running], Limit = 3 },
        new Allocation(
            [new NodeShare(new NodeId("lab"), [DeviceShare.Of("GPU-1"), new DeviceShare("GPU-2", 250, 4_096)], 2, 64), new NodeShare(
                new NodeId("desk"), [], 2, 64)]),
    ];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_ComesOutAsItWentIn(object message)
    {
        Assert.True(CoreJson.Covers(message.GetType()));
        var json = JsonSerializer.Serialize(message, message.GetType(), CoreJson.Options);

        var back = JsonSerializer.Deserialize(json, message.GetType(), CoreJson.Options);

        Assert.Equal(json, JsonSerializer.Serialize(back, message.GetType(), CoreJson.Options));
    }

    [Fact]
    public void Kinds_AreNamedInsideOtherMessages()
    {
        var reported = new PoolInput.Reported(new NodeId("lab"), 7, Attempt, Time, new AttemptEvent.Started(100));

        var back = JsonSerializer.Deserialize<PoolInput.Reported>(JsonSerializer.Serialize(reported, CoreJson.Options), CoreJson.Options);

        Assert.Equal(reported, back);
    }
}
