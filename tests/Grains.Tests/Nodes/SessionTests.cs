using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Tests.Harness;
using GpuScheduler.Grains.Views;

namespace GpuScheduler.Grains.Tests.Nodes;

/// <summary>Sessions begin, fall silent, are replaced; what runs on the node outlives them.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task Open_AnswersWithWhatIsDurable()
    {
        await using var pool = await PoolUnderTest.Start();
        var worker = await pool.Join("lab");
        await pool.SubmitOne(Drafts.Training);
        var attempt = (await worker.Next<PoolEffect.Dispatch>()).Order.Attempt;
        await worker.Report(1, attempt, new AttemptEvent.Started(null));

        var again = new FakeWorker(pool, pool.Client, "lab");
        var answer = await again.Open(new HeldAttempt(attempt, Running: true));

        Assert.Equal(1, answer.Accepted!.DurableSequence);
    }

    [Fact]
    public async Task NewerSession_EndsTheOlder()
    {
        await using var pool = await PoolUnderTest.Start();
        var older = await pool.Join("lab");
        var newer = await pool.Join("lab");

        Assert.Equal(SessionEnd.Replaced, await older.Ended);
        Assert.False(await older.Grain.Heartbeat(older.Session));
        Assert.True(await newer.Grain.Heartbeat(newer.Session));
        Assert.Equal(NodeCondition.Idle, (await pool.NodeView("lab")).Condition);
    }

    [Fact]
    public async Task OlderSession_ThatClosesLate_DoesNotTakeTheNewerWithIt()
    {
        await using var pool = await PoolUnderTest.Start();
        var older = await pool.Join("lab");
        await pool.Join("lab");

        await older.Grain.Close(older.Session, "late", isStop: false);

        Assert.Equal(NodeCondition.Idle, (await pool.NodeView("lab")).Condition);
    }

    [Fact]
    public async Task WorkerThatIsAboutToStop_GetsNoNewWork_AndItsReportsCount()
    {
        await using var pool = await PoolUnderTest.Start();
        var worker = await pool.Join("lab");
        await pool.SubmitOne(Drafts.Training);
        var attempt = (await worker.Next<PoolEffect.Dispatch>()).Order.Attempt;

        await worker.Grain.Stopping(worker.Session);
        await worker.Report(1, attempt, new AttemptEvent.Ended(EndCause.Drained, 143, 15, "the worker is shutting down"));

        Assert.Equal(1, (await worker.Next<PoolEffect.AckReports>()).Sequence);
        Assert.False(worker.HasOrders);
        var node = await pool.NodeView("lab");
        Assert.Equal((NodeCondition.Drained, "its worker is stopping"), (node.Condition, node.Why));
    }

    [Fact]
    public async Task Silence_BeyondThreeHeartbeats_EndsTheSessionButNotTheAttempt()
    {
        await using var pool = await PoolUnderTest.Start();
        var worker = await pool.Join("lab");
        var job = await Running(pool, worker);

        pool.Clock.Advance(TimeSpan.FromSeconds(21));

        Assert.Equal(SessionEnd.Silent, await worker.Ended);
        await PoolUnderTest.Until("an unknown node", () => pool.NodeView("lab"), node => node.Condition == NodeCondition.Unknown);
        Assert.Equal(JobState.Running, (await pool.Job(job)).State);
    }

    [Fact]
    public async Task Heartbeats_KeepTheSession()
    {
        await using var pool = await PoolUnderTest.Start();
        var worker = await pool.Join("lab");

        for (var i = 0; i < 20; i++)
        {
            pool.Clock.Advance(TimeSpan.FromSeconds(5));
            await worker.Heartbeat();
        }

        Assert.True(await worker.Grain.Heartbeat(worker.Session));
        Assert.Equal(NodeCondition.Idle, (await pool.NodeView("lab")).Condition);
    }

    [Fact]
    public async Task ClosedSession_LeavesItsAttemptsUntilTheLeaseRunsOut()
    {
        await using var pool = await PoolUnderTest.Start();
        var worker = await pool.Join("lab");
        var job = await Running(pool, worker);

        await worker.Grain.Close(worker.Session, "the connection broke", isStop: false);
        Assert.Equal(JobState.Running, (await pool.Job(job)).State);

        pool.Clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        var lost = await PoolUnderTest.Until("a requeued job", () => pool.Job(job), view => view.State == JobState.Pending);
        Assert.Equal(EndCause.NodeLost, lost.Attempt!.Cause);
        Assert.Equal(NodeCondition.Down, (await pool.NodeView("lab")).Condition);
    }

    [Fact]
    public async Task WrongAnnouncement_IsRejectedAndLeavesNoSession()
    {
        await using var pool = await PoolUnderTest.Start();
        var worker = new FakeWorker(pool, pool.Client, "lab");
        var reference = pool.Reference<Grains.Nodes.IWorkerSession>(worker);
        var twice = new AnnouncedDevice("GPU-1", "NVIDIA A10", 24_576, null);
        var joined = new PoolInput.NodeJoined(
            new NodeId("lab"), worker.Session, "boot", "1", new NodeInventory(4, 8192, 0, [twice, twice]), []);

        var answer = await worker.Grain.Open(joined, reference);

        Assert.NotNull(answer.Rejected);
        Assert.False(await worker.Grain.Heartbeat(worker.Session));
    }

    private static async Task<JobId> Running(PoolUnderTest pool, FakeWorker worker)
    {
        var job = await pool.SubmitOne(Drafts.Training);
        var attempt = (await worker.Next<PoolEffect.Dispatch>()).Order.Attempt;
        await worker.Report(1, attempt, new AttemptEvent.Started(null));
        await worker.Next<PoolEffect.AckReports>();
        return job;
    }
}
