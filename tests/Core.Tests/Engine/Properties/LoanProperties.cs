using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>Loans are given back.</summary>
public sealed class LoanProperties
{
    private const int Cards = 4;

    /// <summary>Whoever borrows, however many, with or without checkpoints: training that fits on lent cards starts once those asked
    /// for them have had their grace, and no more are asked than it needs.</summary>
    [Fact]
    public void Training_that_fits_on_lent_cards_starts_within_the_grace() => Check.One(Runs.Config(), Prop.ForAll(Runs.Bytes, bytes =>
    {
        var pool = new TestPool().Join(new Machine("lab").With(Cards, Machine.A100, 80));
        foreach (var b in bytes.Take(8)) Borrow(pool, b);
        var wanted = 1 + (bytes.Length % Cards);
        var asked = pool.Now;
        var free = Cards - pool.State.Jobs.Sum(Held);

        var train = pool.Submit(Drafts.Training($"{wanted}"));
        var stopping = pool.State.Jobs.Where(job => job.Attempt?.StopCause == EndCause.Preempted).OrderBy(job => job.Id).ToList();
        Assert.All(stopping, spared => Assert.True(free + stopping.Sum(Held) - Held(spared) < wanted, $"job {spared.Id} need not have been stopped"));
        foreach (var job in stopping)
        {
            if (asked + job.Spec.Grace > pool.Now) pool.After(asked + job.Spec.Grace - pool.Now);
            pool.End(job.Id, EndCause.Preempted, 143);
        }

        Assert.NotEqual("-", pool.PlaceOf(train));
        Assert.True(pool.Now - asked <= TimeSpan.FromMinutes(4));
        Assert.All(stopping, job => Assert.Equal((JobState.Pending, 0), (job.State, job.Failures)));
        return true;
    }));

    private static void Borrow(TestPool pool, byte b)
    {
        var draft = Drafts.Validation($"{1 + (b % 2)}") with { Grace = TimeSpan.FromMinutes(1 + (b % 4)) };
        var id = pool.Submit(b % 3 == 0 ? draft.Checkpointed() : draft);
        pool.After(TimeSpan.FromMinutes(b % 16));
        if (pool[id].State.HoldsAllocation()) pool.Start(id);
    }

    private static int Held(Job job) => job.State.HoldsAllocation() ? job.Attempt!.Allocation.Head.Devices.Count : 0;
}
