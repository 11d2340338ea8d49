using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Queueing;

public sealed class LiveJobsTests
{
    [Fact]
    public void Behind_AnyJob_GivesTheNextInSubmissionOrder()
    {
        // Singles on both sides of a page of places, arrays between them and at the end, some ended.
        var pool = new TestPool();
        for (var at = 1; at <= 1_500; at++) pool.Submit(Drafts.Job() with { Array = at % 100 == 8 ? "0-1,3" : "" });
        pool.Step(new PoolInput.Cancel(["5", "8_1", "1000-1030"], "", ""));
        JobId[] live = [.. pool.State.Jobs.Select(job => job.Id).Order()];
        Assert.Equal(1_500 + (2 * 15) - 35, live.Length);

        for (var at = -1; at < live.Length; at += 7)
        {
            foreach (var most in new[] { 1, 2, 5, 2_000 })
            {
                var found = pool.State.JobsBehind(at < 0 ? null : live[at], static _ => true, most);
                Assert.Equal(live.Skip(at + 1).Take(most), found.Select(job => job.Id));
            }
        }
    }

    [Fact]
    public void Numbers_that_leap_cost_nothing()
    {
        var pool = new TestPool();
        var low = pool.Submit(Drafts.Job());
        pool.Store.Apply([new StoreChange.GenerationRaised(2, 1_000_000_000_000_000)]);
        pool.Restart();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var high = pool.Submit(Drafts.Job());
        Assert.Equal([low, high], pool.State.JobsBehind(null, static _ => true, 5).Select(job => job.Id));
        Assert.Equal([high], pool.State.JobsBehind(new JobId(500_000_000_000), static _ => true, 5).Select(job => job.Id));
        pool.Step(new PoolInput.Cancel([$"{low}", $"{high}"], "", ""));

        Assert.Empty(pool.State.Jobs);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Fact]
    public void Behind_WithAWish_GivesThoseAlone()
    {
        var pool = new TestPool();
        for (var at = 0; at < 20; at++) pool.Submit(Drafts.Job() with { User = at % 2 == 0 ? "ada" : "bob" });

        Assert.Equal(
            [4, 6, 8], pool.State.JobsBehind(new JobId(3), job => job.Spec.User == "bob", 3).Select(job => job.Id.Number));
        Assert.Empty(pool.State.JobsBehind(new JobId(long.MaxValue), static _ => true, 3));
    }
}
