using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>Loans are given back.</summary>
public sealed class LoanProperties
{
    private const int Cards = 4;

    /// <summary>Whoever borrows, cards or parts of them, however many, with or without checkpoints: training that fits on lent cards, or
    /// on parts of one, starts once those asked for them have had their grace, and no more are asked than it needs.</summary>
    [Fact]
    public void Training_that_fits_on_lent_cards_starts_within_the_grace() => Check.One(Runs.Config(), Prop.ForAll(Runs.Bytes, bytes =>
    {
        var pool = new TestPool().Join(new Machine("lab").With(Cards, Machine.A100, 80));
        foreach (var b in bytes.Take(14)) Borrow(pool, b);
        var wanted = 1 + (bytes.Length % Cards);
        var milli = bytes.Length % 3 == 0 ? 100 * (1 + (bytes.Length % 9)) : DeviceShare.Whole;
        var asked = pool.Now;

        var train = pool.Submit(
            milli == DeviceShare.Whole ? Drafts.Training($"{wanted}") : Drafts.Training() with { GpuShare = $"{milli}m" });
        var stopping = pool.State.Jobs.Where(job => job.Attempt?.StopCause == EndCause.Preempted).OrderBy(job => job.Id).ToList();
        Assert.All(
            stopping, spared =>
                Assert.False(
                    Fits(pool, train, milli, wanted, [.. stopping.Where(job => job != spared)]),
                    $"job {spared.Id} need not have been stopped"));
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
        if (b % 5 < 2) draft = draft with { Gpus = "1", GpuShare = $"{100 * (1 + (b % 7))}m" };
        var id = pool.Submit(b % 3 == 0 ? draft.Checkpointed() : draft);
        pool.After(TimeSpan.FromMinutes(b % 16));
        if (pool[id].State.HoldsAllocation()) pool.Start(id);
    }

    /// <summary>By plain counting: there is room once some are gone; memory is given out like computing power here.</summary>
    private static bool Fits(TestPool pool, JobId wants, int milli, int count, IReadOnlyList<Job> gone)
    {
        var used = pool.State.Jobs.Where(job => job.State.HoldsAllocation() && job.Id != wants && !gone.Contains(job))
            .SelectMany(job => job.Attempt!.Allocation.Head.Devices).GroupBy(part => part.Uuid)
            .Select(card => card.Sum(part => part.MilliGpu)).ToList();
        return milli < DeviceShare.Whole
            ? used.Count < Cards || used.Exists(taken => taken + milli <= DeviceShare.Whole)
            : Cards - used.Count >= count;
    }
}
