using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Identity;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Tests.Harness;

namespace GpuScheduler.Grains.Tests.Nodes;

/// <summary>A hello that is refused leaves the session that the node has.</summary>
public sealed class RefusedHelloTests
{
    private static readonly NodeInventory Plain = new(8, 65_536, 2, [Card("GPU-lab")]);

    /// <summary>Each is refused by another check.</summary>
    public static TheoryData<string> Hellos => ["a card twice", "another machine", "another store", "only one store"];

    [Theory]
    [MemberData(nameof(Hellos))]
    public async Task TheNodesSession_GoesOnWithItsWork(string what)
    {
        await using var pool = await PoolUnderTest.Start();
        var worker = new FakeWorker(pool, pool.Client, "lab");
        Assert.NotNull((await pool.Node("lab").Open(Hello(worker.Session), Reference(pool, worker))).Accepted);
        var job = await pool.SubmitOne(Drafts.Training);
        var attempt = (await worker.Next<PoolEffect.Dispatch>()).Order.Attempt;

        var other = new FakeWorker(pool, pool.Client, "lab");
        var answer = await pool.Node("lab").Open(Wrong(what, Hello(other.Session)), Reference(pool, other));
        await pool.Node("lab").Close(other.Session, "refused", isStop: false);

        Assert.Null(answer.Accepted);
        Assert.True(answer.Rejected is not null || answer.OtherStore is not null);
        Assert.False(await pool.Node("lab").Heartbeat(other.Session));
        Assert.True(await pool.Node("lab").Heartbeat(worker.Session));
        await worker.Report(1, attempt, new AttemptEvent.Started(null));
        Assert.Equal(1, (await worker.Next<PoolEffect.AckReports>()).Sequence);
        Assert.Equal(JobState.Running, (await pool.Job(job)).State);
        await worker.Report(2, attempt, new AttemptEvent.Ended(EndCause.Exited, 0, null, ""));
        Assert.Equal(2, (await worker.Next<PoolEffect.AckReports>()).Sequence);
    }

    private static PoolInput.NodeJoined Hello(string session) => new(new NodeId("lab"), session, "boot-1", "1.0", Plain, [])
    {
        Instance = "instance-1", Peer = "10.0.0.1", Served = StoreClaim.None,
    };

    private static PoolInput.NodeJoined Wrong(string what, PoolInput.NodeJoined hello) => what switch
    {
        "a card twice" => hello with { Inventory = Plain with { Devices = [Card("GPU-1"), Card("GPU-1")] } },
        "another machine" => hello with { Instance = "instance-2", BootId = "boot-2", Peer = "10.0.0.2" },
        "another store" => hello with { Served = new StoreClaim("strange", 1, "", 5, 5) },
        "only one store" => hello with { OnlyStore = "strange" },
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "a hello that is known"),
    };

    private static AnnouncedDevice Card(string uuid) => new(uuid, "NVIDIA A100-SXM4-80GB", 81_920, null);

    private static Grains.Nodes.IWorkerSession Reference(PoolUnderTest pool, FakeWorker worker) =>
        pool.Reference<Grains.Nodes.IWorkerSession>(worker);
}
