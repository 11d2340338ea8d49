using System.Threading.Channels;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Pools;
using GpuScheduler.Grains.Tests.Harness;
using GpuScheduler.Grains.Views;

namespace GpuScheduler.Grains.Tests.Pools;

/// <summary>What a pool shows of itself.</summary>
public sealed class ViewTests
{
    [Fact]
    public async Task GetJobs_WithALimit_GivesTheFirstInSubmissionOrder()
    {
        await using var pool = await PoolUnderTest.Start();
        await pool.Submit([.. Enumerable.Repeat(Drafts.Cpu, 20)]);

        var page = await pool.Pool.GetJobs(new JobQuery { Limit = 3 });

        Assert.Equal([1, 2, 3], page.Jobs.Select(job => job.Id.Number));
        Assert.True(page.Truncated);
    }

    [Fact]
    public async Task GetJobs_ByArrayNumber_GivesItsElements()
    {
        await using var pool = await PoolUnderTest.Start();
        await pool.Submit(Drafts.Cpu, Drafts.Cpu with { Array = "0-2" }, Drafts.Cpu);

        var page = await pool.Pool.GetJobs(new JobQuery { Ids = [new JobId(2)] });

        Assert.Equal(["2_0", "2_1", "2_2"], page.Jobs.Select(job => job.Id.ToString()));
        Assert.False(page.Truncated);
    }

    [Fact]
    public async Task WaitingJob_AlwaysHasAReason()
    {
        await using var pool = await PoolUnderTest.Start();
        var id = await pool.SubmitOne(Drafts.Training);

        Assert.NotNull((await pool.Job(id)).Reason);
        var explained = await pool.Pool.Explain(id);
        Assert.NotEmpty(explained.Explained!.Lines);
    }

    [Fact]
    public async Task Watcher_HearsOfEachChangeOnceAndInOrder()
    {
        await using var pool = await PoolUnderTest.Start();
        var watcher = new NotingWatcher();
        await pool.Pool.Watch(pool.Reference<IPoolWatcher>(watcher));

        var first = await pool.SubmitOne(Drafts.Training);
        var second = await pool.SubmitOne(Drafts.Training);

        var one = await watcher.Next();
        var two = await watcher.Next();
        Assert.Equal(first, Assert.Single(one.Jobs).Id);
        Assert.Equal(second, Assert.Single(two.Jobs).Id);
        Assert.Equal(one.Sequence + 1, two.Sequence);
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task GetPool_CountsJobsByTierAndState()
    {
        await using var pool = await PoolUnderTest.Start();
        await pool.Join("lab");
        await pool.Submit(Drafts.Training, Drafts.Training, Drafts.Cpu);

        var view = await pool.Pool.GetPool();

        Assert.Equal(["training", "validation", "preprocessing"], view.Counts.Select(count => count.Tier));
        var training = view.Counts[0].Jobs;
        Assert.Equal((1, 1), (training[JobState.Configuring], training[JobState.Pending]));
        Assert.Equal(NodeCondition.Allocated, Assert.Single(view.Nodes).Condition);
    }

    private sealed class NotingWatcher : IPoolWatcher
    {
        private readonly Channel<PoolChange> _changes = Channel.CreateUnbounded<PoolChange>();

        public Task Changed(PoolChange change) => _changes.Writer.WriteAsync(change).AsTask();

        public Task<PoolChange> Next() => _changes.Reader.ReadAsync().AsTask().WaitAsync(FakeWorker.Patience);
    }
}
