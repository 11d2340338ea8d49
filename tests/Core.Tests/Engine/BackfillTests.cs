using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

public sealed class BackfillTests
{
    private static readonly Machine Lab = new Machine("lab").With(2, Machine.A100, 80);
    private static readonly Machine Annex = new Machine("annex").With(2, Machine.A100, 80);

    [Fact]
    public void With_depth_zero_nothing_is_promised()
    {
        var pool = Full(depth: 0);
        var big = pool.Submit(Drafts.Training("2"));
        var small = pool.Submit(Drafts.Training());

        Assert.Null(pool.State.PromiseTo(pool[big]));
        Assert.NotEqual("-", pool.PlaceOf(small));
    }

    [Fact]
    public void With_depth_one_only_the_first_that_waits_is_promised_a_node()
    {
        var pool = Full(depth: 1);
        var (first, second) = (pool.Submit(Drafts.Training("2")), pool.Submit(Drafts.Training("2") with { Memory = "2GiB" }));

        Assert.Equal(pool.Now + TimeSpan.FromHours(1), pool.State.PromiseTo(pool[first])?.At);
        Assert.Null(pool.State.PromiseTo(pool[second]));
    }

    [Fact]
    public void With_depth_two_the_next_is_promised_what_the_first_leaves()
    {
        var pool = Full(depth: 2);
        var (first, second) = (pool.Submit(Drafts.Training("2")), pool.Submit(Drafts.Training("2") with { Memory = "2GiB" }));

        Assert.Equal(new NodeId("lab"), pool.State.PromiseTo(pool[first])?.Nodes[0]);
        Assert.Equal(
            (new NodeId("annex"), pool.Now + TimeSpan.FromHours(2)),
            (pool.State.PromiseTo(pool[second])!.Nodes[0], pool.State.PromiseTo(pool[second])!.At));
        Assert.Equal("-", pool.PlaceOf(pool.Submit(Drafts.Training())));
    }

    [Fact]
    public void A_promise_moves_when_its_node_is_drained()
    {
        var pool = Full(depth: 1);
        var big = pool.Submit(Drafts.Training("2"));

        pool.Step(new Core.Engine.PoolInput.Drain("lab", "", null, "root"));

        Assert.Equal(new NodeId("annex"), pool.State.PromiseTo(pool[big])?.Nodes[0]);
        Assert.Equal("lab: GPU-lab-1", pool.PlaceOf(Resumed(pool)));
    }

    [Fact]
    public void A_job_that_can_run_nowhere_keeps_nothing_from_others()
    {
        var pool = Full(depth: 1);
        var never = pool.Submit(Drafts.Training("8"));
        var big = pool.Submit(Drafts.Training("2"));

        Assert.Null(pool.State.PromiseTo(pool[never]));
        Assert.NotNull(pool.State.PromiseTo(pool[big]));
    }

    /// <summary>One card of each machine is taken: at lab for an hour, at annex for two.</summary>
    private static TestPool Full(int depth)
    {
        var pool = new TestPool(new PoolConfig { Backfill = new BackfillConfig { Depth = depth } }).Join(Lab, Annex);
        pool.Start(pool.Submit(Timed("60m") with { NodeList = "lab" }));
        pool.Start(pool.Submit(Timed("120m") with { NodeList = "annex" }));
        return pool;
    }

    /// <summary>Back in service, and with nothing kept there any more, the node takes a job that may run for ever.</summary>
    private static JobId Resumed(TestPool pool)
    {
        pool.Step(new Core.Engine.PoolInput.Resume("lab", "root"));
        return pool.Submit(Drafts.Training());
    }

    private static JobDraft Timed(string limit) => Drafts.Training() with { TimeLimit = limit, Grace = TimeSpan.Zero };
}
