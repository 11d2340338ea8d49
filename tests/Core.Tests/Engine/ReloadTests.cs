using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>Rules change while jobs wait and run.</summary>
public sealed class ReloadTests
{
    private static readonly Machine Desk = new Machine("desk").With(1, Machine.Rtx4090, 24);
    private static readonly PoolConfig Shipped = new();

    [Fact]
    public void Waiting_jobs_are_lined_up_by_the_new_rules_at_once()
    {
        var pool = new TestPool().Join(Desk);
        var id = pool.Submit(Drafts.Training().Checkpointed());
        Assert.Equal(Reason.TierSpillDelay, pool.ReasonOf(id));

        var spill = new SpillRule(DeviceClass.Consumer, TimeSpan.Zero, NeedsCheckpoint: true);
        var reply = pool.Step(new PoolInput.Reload(Shipped with
        {
            Tiers = [Shipped.Tiers[0] with { Spill = [spill] },
            .. Shipped.Tiers.Skip(1)]
        })).Replies[0];

        Assert.Equal(["tiers"], Assert.IsType<PoolReply.Reloaded>(reply).Changed);
        Assert.Equal("desk: GPU-desk-0", pool.PlaceOf(id));
    }

    [Fact]
    public void Wrong_rules_change_nothing_and_every_fault_is_told()
    {
        var pool = new TestPool().Join(Desk);
        var wrong = new PoolConfig
        {
            Name = "other", Backfill = new BackfillConfig { Depth = -1 }, Retry = new RetryConfig { NodeLaunchFailures = 0 },
        };

        var reply = Assert.IsType<PoolReply.Rejected>(pool.Step(new PoolInput.Reload(wrong)).Replies[0]);

        Assert.Equal(["name", "retry.nodeLaunchFailures", "backfill.depth"], reply.Faults.Select(fault => fault.Field));
        Assert.Same(pool.Config, pool.State.Config);
    }

    [Fact]
    public void The_same_rules_read_anew_change_no_section() =>
        Assert.Empty(Assert.IsType<PoolReply.Reloaded>(new TestPool().Step(new PoolInput.Reload(new PoolConfig
        {
            Tiers = [.. TierConfig.Shipped.Select(tier => tier with { Classes = [.. tier.Classes], Spill = [.. tier.Spill] })],
        })).Replies[0]).Changed);

    [Fact]
    public void A_tier_that_is_gone_is_warned_of_and_its_jobs_say_why_they_wait()
    {
        var pool = new TestPool().Join(Desk);
        var (running, waiting) = (pool.Submit(Drafts.Validation()), pool.Submit(Drafts.Validation()));
        pool.Start(running);

        var reply = Assert.IsType<PoolReply.Reloaded>(
            pool.Step(new PoolInput.Reload(Shipped with { Tiers = [Shipped.Tiers[0]] })).Replies[0]);

        Assert.StartsWith("2 jobs of tier 'validation'", Assert.Single(reply.Warnings), StringComparison.Ordinal);
        Assert.Equal(JobState.Running, pool[running].State);
        Assert.Equal(Reason.BadConstraints, pool.ReasonOf(waiting));
    }

    [Fact]
    public void Admission_goes_by_the_new_rules()
    {
        var pool = new TestPool().Join(Desk);
        pool.Step(new PoolInput.Reload(Shipped with { Defaults = new JobDefaults { MemoryMib = 2048 } }));

        var id = pool.Submit(Drafts.Job(memory: ""));

        Assert.Equal(2048, pool[id].Spec.Request.MemoryMib);
    }

    [Fact]
    public void Seats_that_do_not_depend_on_rules_are_kept()
    {
        var pool = new TestPool().Join(Desk);
        var first = pool.Submit(Drafts.Job());
        var held = pool.Submit(Drafts.Job() with { Hold = true });
        var after = pool.Submit(Drafts.Job() with { Dependency = $"afterok:{first}" });
        pool.Submit(Drafts.Job() with { Array = "0-3%1" });

        pool.Step(new PoolInput.Reload(Shipped));

        Assert.Equal(Reason.JobHeldUser, pool.ReasonOf(held));
        Assert.Equal(Reason.Dependency, pool.ReasonOf(after));
        Assert.Single(pool.State.Jobs, job => job.Id.Number == 4 && job.State.HoldsAllocation());
    }
}
