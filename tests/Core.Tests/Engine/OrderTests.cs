using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>Effective priority, and what it rests on.</summary>
public sealed class OrderTests
{
    [Fact]
    public void The_parts_of_a_priority_are_told_and_add_up()
    {
        var pool = Busy(new PoolConfig());
        var hers = pool.Submit(Drafts.Training() with { Priority = 50 });
        pool.After(TimeSpan.FromDays(3.5));

        var priority = pool.State.PriorityOf(pool[hers], pool.Now)!;

        Assert.Equal(500, priority.Priority, 6);
        Assert.Equal(500, priority.Age, 6);
        // Ann alone used the pool: all of it against a share of all of it.
        Assert.Equal(1000, priority.FairShare, 3);
        Assert.Equal(0, priority.Deadline);
        Assert.Equal(priority.Priority + priority.Age + priority.FairShare + priority.Deadline, priority.Total, 9);
    }

    [Fact]
    public void Age_counts_in_full_after_the_greatest_age_and_no_more()
    {
        var pool = Busy(new PoolConfig { Order = new OrderConfig { MaxAge = TimeSpan.FromDays(1), MaxWait = TimeSpan.Zero } });
        var id = pool.Submit(Drafts.Training());
        pool.After(TimeSpan.FromDays(9));

        Assert.Equal(1000, pool.State.PriorityOf(pool[id], pool.Now)!.Age, 9);
    }

    [Fact]
    public void A_job_past_the_bound_goes_before_one_with_more_points()
    {
        var pool = Busy(new PoolConfig { Order = new OrderConfig { MaxWait = TimeSpan.FromHours(2) } });
        var old = pool.Submit(Drafts.Training() with { Priority = -100 });
        pool.After(TimeSpan.FromHours(2));
        var urgent = pool.Submit(Drafts.Training() with { User = "bob", Priority = 100 });

        Assert.True(pool.State.PriorityOf(pool[old], pool.Now)!.Overdue);
        pool.Exit(new JobId(1));

        Assert.NotEqual("-", pool.PlaceOf(old));
        Assert.Equal("-", pool.PlaceOf(urgent));
    }

    [Fact]
    public void A_job_that_lost_its_node_keeps_its_age()
    {
        var pool = new TestPool().Join(Lab, new Machine("desk").With(1, Machine.A100, 80));
        var (first, lost) = (
            pool.Submit(Drafts.Training() with { NodeList = "lab" }), pool.Submit(Drafts.Training() with { NodeList = "desk" }));
        pool.Start(first);
        pool.Start(lost);
        pool.After(TimeSpan.FromHours(5));
        pool.Leave("desk");
        pool.After(TimeSpan.FromMinutes(6));

        Assert.True(pool.State.PriorityOf(pool[lost], pool.Now)!.Age > 1000 * 5 / 168.0);
    }

    [Fact]
    public void Use_survives_a_restart_and_that_of_running_jobs_is_counted_on()
    {
        var pool = Busy(new PoolConfig());
        var second = pool.Submit(Drafts.Training() with { User = "bob", Project = "vision" });
        pool.After(TimeSpan.FromHours(8));
        pool.Exit(new JobId(1));
        pool.Start(second);
        pool.After(TimeSpan.FromHours(4));
        var before = pool.State.SharesAt(pool.Now);

        var after = pool.Restart().State.SharesAt(pool.Now);

        Assert.Equal(before.Select(share => share.Account), after.Select(share => share.Account));
        foreach (var (one, other) in before.Zip(after))
        {
            Assert.Equal(one.Use, other.Use, 3);
            Assert.Equal(one.Rate, other.Rate, 9);
        }
    }

    [Fact]
    public void Use_is_weighed_by_the_class_of_the_card_and_its_cores()
    {
        var costs = new CostConfig { Datacenter = 10, Consumer = 3, CpuCore = 0.5 };
        var pool = new TestPool(new PoolConfig { Costs = costs }).Join(Lab, new Machine("desk").With(2, Machine.Rtx4090, 24));
        pool.Submit(Drafts.Training() with { Cpus = 4 });
        pool.Submit(Drafts.Validation("2") with { User = "bob", Cpus = 2 });

        var rates = pool.State.SharesAt(pool.Now).ToDictionary(share => $"{share.Account}", share => share.Rate);

        Assert.Equal(10 + 2, rates["ann"], 9);
        Assert.Equal((2 * 3) + 1, rates["bob"], 9);
    }

    [Fact]
    public void Who_waits_is_told_what_those_ahead_have_more_of()
    {
        var pool = Busy(new PoolConfig());
        pool.After(TimeSpan.FromHours(5));
        var hers = pool.Submit(Drafts.Training());
        pool.Submit(Drafts.Training() with { User = "bob" });

        var why = pool.Engine.Explain(pool.State, pool[hers], pool.Now)[0];

        Assert.Equal((Reason.Priority, 1), (why.Reason, why.Count));
        Assert.Contains("; it has ", why.Text, StringComparison.Ordinal);
        Assert.Contains("job 3 of bob 2000.0 points (fair share 2000.0)", why.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "first")]
    [InlineData(1000, "second")]
    public void Weights_decide(int priority, string expected)
    {
        var pool = Busy(new PoolConfig { Order = new OrderConfig { Weights = new OrderWeights { Priority = priority } } });
        var first = pool.Submit(Drafts.Training());
        pool.After(TimeSpan.FromHours(1));
        var second = pool.Submit(Drafts.Training() with { Priority = 100 });
        pool.Exit(new JobId(1));

        Assert.Equal(expected, pool.PlaceOf(first) != "-" ? "first" : pool.PlaceOf(second) != "-" ? "second" : "neither");
    }

    private static Machine Lab => new Machine("lab").With(1, Machine.A100, 80);

    /// <summary>A single card, and ann's job 1 on it.</summary>
    private static TestPool Busy(PoolConfig config)
    {
        var pool = new TestPool(config).Join(Lab);
        pool.Start(pool.Submit(Drafts.Training()));
        return pool;
    }
}
