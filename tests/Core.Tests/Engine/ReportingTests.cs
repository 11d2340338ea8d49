using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

public sealed class ReportingTests
{
    private readonly TestPool _pool = new TestPool().Join(new Machine("lab").With(1, Machine.A100, 80));

    [Fact]
    public void Every_report_is_acknowledged_however_late_and_however_often()
    {
        var id = _pool.Submit(Drafts.Training());
        var attempt = _pool[id].Attempt!;
        var ended = _pool.Reported(attempt, new AttemptEvent.Ended(EndCause.Exited, 0, null, ""));

        foreach (var _ in Enumerable.Range(0, 3))
        {
            _pool.Step(ended);
            Assert.Equal(ended.Sequence, Assert.Single(_pool.Last.Effects.OfType<PoolEffect.AckReports>()).Sequence);
        }

        Assert.Equal(JobState.Completed, _pool.Stored(id).State);
        Assert.Empty(_pool.Last.Changes);
        Assert.Equal(ended.Sequence, _pool.Store.Open().Nodes[0].DurableSequence);
    }

    [Fact]
    public void A_report_of_an_older_attempt_changes_nothing()
    {
        var id = _pool.Submit(Drafts.Training());
        _pool.Start(id);
        var old = _pool[id].Attempt!;
        _pool.End(id, EndCause.Requeued);
        Assert.Equal(2, _pool[id].AttemptNumber);

        _pool.Report(old, new AttemptEvent.Ended(EndCause.Exited, 0, null, ""));

        Assert.Equal(JobState.Configuring, _pool[id].State);
    }

    [Fact]
    public void A_checkpoint_is_kept_and_given_to_the_next_attempt_with_the_reason_of_the_end()
    {
        var id = _pool.Submit(Drafts.Training().Checkpointed());
        _pool.Start(id);
        _pool.Save(id, 100);
        _pool.After(TimeSpan.FromSeconds(30));
        _pool.End(id, EndCause.Preempted);

        var order = _pool.Last.Effects.OfType<PoolEffect.Dispatch>().Single().Order;
        Assert.Equal((100L, EndCause.Preempted), (Assert.Single(order.Checkpoints).Step, order.PreviousEnd));
        Assert.Equal(TimeSpan.FromSeconds(30), _pool.Store.Attempts[new AttemptId(id, 1)].LostWork);
    }

    [Fact]
    public void Three_failed_launches_in_a_row_close_the_node_and_five_park_the_job()
    {
        var id = _pool.Submit(Drafts.Training());
        foreach (var _ in Enumerable.Range(0, 3))
        {
            _pool.End(id, EndCause.LaunchFailed);
            _pool.After(TimeSpan.FromMinutes(1));
        }

        Assert.Equal("", _pool.State.Nodes[0].Cordon!.User);
        Assert.Equal(Reason.ReqNodeNotAvail, _pool.ReasonOf(id));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            _pool.Step(new PoolInput.Resume("lab", "root"));
            _pool.End(id, EndCause.LaunchFailed);
            _pool.After(TimeSpan.FromMinutes(5));
        }

        Assert.Equal((JobState.RequeueHold, 0), (_pool[id].State, _pool[id].Failures));
        Assert.Equal(Reason.JobLaunchFailure, _pool.ReasonOf(id));
    }

    [Fact]
    public void After_a_failed_launch_another_node_comes_first()
    {
        _pool.Join(new Machine("spare").With(2, Machine.A100, 80));
        var id = _pool.Submit(Drafts.Training());
        Assert.Equal("lab: GPU-lab-0", _pool.PlaceOf(id));

        _pool.End(id, EndCause.LaunchFailed);
        _pool.After(TimeSpan.FromMinutes(1));

        Assert.Equal("spare: GPU-spare-0", _pool.PlaceOf(id));
    }
}
