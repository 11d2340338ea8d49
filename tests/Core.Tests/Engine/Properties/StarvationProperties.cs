using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>Others keep coming, with better standing and higher priority: everybody starts within the bound all the same.</summary>
public sealed class StarvationProperties
{
    private static readonly TimeSpan Bound = TimeSpan.FromHours(12);

    [Fact]
    public void Nobody_waits_longer_than_the_bound_and_one_run() =>
        Check.One(Draws.Config(40), Prop.ForAll(Gen.Choose(0, 255).ArrayOf(20).ToArbitrary(), Play));

    [Fact]
    public void Nobody_waits_longer_when_the_bound_falls_on_a_step() =>
        Assert.True(Play([38, 94, 190, 251, 179, 17, 20, 252, 27, 86, 247, 236, 32, 28, 41, 250, 189, 111, 26, 63]));

    /// <summary>An hour each: who comes, then the end of what runs.</summary>
    private static bool Play(int[] arrivals)
    {
        var pool = new TestPool(new PoolConfig { Order = new OrderConfig { MaxWait = Bound } }).Join(
            new Machine("lab").With(1, Machine.A100, 80));
        pool.Start(pool.Submit(Drafts.Training() with { User = "victim" }));
        pool.After(TimeSpan.FromDays(2));
        var victim = pool.Submit(Drafts.Training() with { User = "victim", Priority = -100 });
        foreach (var arrival in arrivals)
        {
            for (var i = 0; i <= arrival % 3; i++)
                pool.Submit(Drafts.Training() with { User = $"user{(arrival + i) % 7}", Priority = arrival % 101 });
            EndWhatRuns(pool);
            if (pool.PlaceOf(victim) != "-") break;
            pool.After(TimeSpan.FromHours(1));
        }

        var job = pool[victim];
        var waited = (job.Attempt?.GrantTime ?? pool.Now) - job.SubmitTime;
        Assert.True(
            job.Attempt is not null && waited <= Bound + TimeSpan.FromHours(1),
            $"waited {waited}: {pool.State.ReasonOf(job, pool.Now)} {pool.State.PriorityOf(job, pool.Now)}");
        return true;
    }

    private static void EndWhatRuns(TestPool pool)
    {
        var running = pool.State.Jobs.Single(job => job.State.HoldsAllocation());
        if (running.State == JobState.Configuring) pool.Start(running.Id);
        pool.Exit(running.Id);
    }
}
