using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

public sealed class FirstSteps
{
    private static readonly Machine Lab = new Machine("lab").With(2, Machine.A100, 80);

    [Fact]
    public void A_job_is_submitted_placed_started_and_completed()
    {
        var pool = new TestPool().Join(Lab);

        var id = pool.Submit(Drafts.Training());

        Assert.Equal("lab: GPU-lab-0", pool.PlaceOf(id));
        Assert.Equal(JobState.Configuring, pool[id].State);
        var dispatch = Assert.IsType<PoolEffect.Dispatch>(Assert.Single(pool.Last.Effects));
        Assert.Equal(1, dispatch.Order.Attempt.Number);

        pool.Start(id);
        Assert.Equal(JobState.Running, pool[id].State);

        pool.Exit(id);
        Assert.Null(pool.State.FindJob(id));
        Assert.Equal(JobState.Completed, pool.Stored(id).State);
        Assert.Empty(pool.State.UseOf(Lab.Id).Jobs);
    }

    [Fact]
    public void A_running_job_is_cancelled_once_its_worker_has_stopped_it()
    {
        var pool = new TestPool().Join(Lab);
        var id = pool.Submit(Drafts.Training());
        pool.Start(id);

        pool.Step(new PoolInput.Cancel([$"{id}"], "ann", "wrong data"));

        Assert.Equal(JobState.Completing, pool[id].State);
        Assert.Equal(EndCause.Cancelled, Assert.IsType<PoolEffect.Stop>(Assert.Single(pool.Last.Effects)).Cause);
        Assert.Equal(["GPU-lab-0"], pool.State.UseOf(Lab.Id).JobsByDevice.Keys);

        pool.End(id, EndCause.Cancelled, 143);
        Assert.Equal(JobState.Cancelled, pool.Stored(id).State);
        Assert.Equal("cancelled by ann: wrong data", pool.Stored(id).ReasonText);
    }

    [Fact]
    public void A_job_that_does_not_fit_waits_with_a_reason_and_starts_when_another_ends()
    {
        var pool = new TestPool().Join(Lab);
        var first = pool.Submit(Drafts.Training("2"));
        var second = pool.Submit(Drafts.Training("2"));
        Assert.Equal(
            (Reason.Resources, "needs 2 × GPU on one node; best node lab has 0 free of 2"), pool.State.ReasonOf(pool[second], pool.Now));

        pool.Start(first);
        pool.Exit(first);

        Assert.Equal("lab: GPU-lab-0 GPU-lab-1", pool.PlaceOf(second));
    }
}
