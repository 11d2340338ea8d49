using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>What is said of jobs that wait makes sense, also at the edges.</summary>
public sealed class WaitingWordsTests
{
    private static readonly NodeRule Nights = new() { Name = "desk*", Available = ["22:00-07:00"] };

    [Fact]
    public void A_class_without_a_delay_is_not_said_to_open_after_no_time()
    {
        var pool = new TestPool(new PoolConfig
        {
            Tiers =
            [
                TierConfig.Shipped[0],
                new("validation", [DeviceClass.Professional], [new(DeviceClass.Consumer, TimeSpan.Zero, NeedsCheckpoint: false)])
                {
                    Loans = [new(DeviceClass.Datacenter, TimeSpan.Zero, NeedsCheckpoint: false)],
                },
            ],
        }).Join(new Machine("lab").With(1, Machine.A100, 80));
        var borrower = pool.Submit(Drafts.Validation().Checkpointed());
        pool.Start(borrower);
        pool.Submit(Drafts.Training());
        pool.End(borrower, EndCause.Preempted);
        pool.Join(new Machine("desk").With(1, Machine.Rtx4090, 24));

        var (reason, text) = pool.State.ReasonOf(pool[borrower], pool.Now)!.Value;

        Assert.Equal(Reason.TierSpillDelay, reason);
        Assert.Equal(
            "1 × NVIDIA GeForce RTX 4090 on desk is free, but tier 'validation' uses consumer cards for a job that has just given way only "
                + "later, at 2026-01-05 09:10:00Z",
            text);
    }

    [Theory]
    // Each has a card for itself: none waits for the other.
    [InlineData(2, false)]
    // Only the second waits for the first.
    [InlineData(1, true)]
    public void Jobs_that_start_when_a_node_opens_never_wait_for_each_other(int cards, bool waits)
    {
        var pool = new TestPool(new PoolConfig { Nodes = [Nights] }).Join(new Machine("desk").With(cards, Machine.Rtx4090, 24));
        var first = pool.Submit(Drafts.Validation() with { TimeLimit = "2h" });
        var second = pool.Submit(Drafts.Validation() with { TimeLimit = "1h" });

        Assert.DoesNotContain(second, Blockers(pool, first));
        Assert.Equal(waits, Blockers(pool, second).Contains(first));
    }

    [Fact]
    public void Why_a_job_never_starts_tells_of_hours_what_holds_for_every_night()
    {
        var pool = new TestPool(new PoolConfig { Nodes = [Nights] }).Join(new Machine("desk").With(1, Machine.Rtx4090, 24));
        var endless = pool.Submit(Drafts.Validation());
        var fits = pool.Submit(Drafts.Validation() with { TimeLimit = "1h" });

        Assert.Equal(
            "no node that fits is ever open for long enough, such as desk (available 22:00-07:00 UTC), for a job without --time and "
                + "--checkpoint: the job waits until another one joins",
            pool.State.WhyNever(pool[endless], pool.Now)!.Value.Text);
        Assert.Equal(pool.State.ReasonOf(pool[fits], pool.Now), pool.State.WhyNever(pool[fits], pool.Now));
    }

    private static IEnumerable<JobId> Blockers(TestPool pool, JobId id) =>
        pool.Engine.Forecast(pool.State, pool[id], pool.Now)!.BlockedBy.Select(blocker => blocker.Job);
}
