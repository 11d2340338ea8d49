using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

public sealed class PeoplesWishesTests
{
    private readonly TestPool _pool = new TestPool().Join(new Machine("lab").With(1, Machine.A100, 80));

    [Fact]
    public void Cancelling_twice_says_so_and_changes_nothing()
    {
        var id = _pool.Submit(Drafts.Training());
        _pool.Start(id);
        Cancel($"{id}");

        var again = Cancel($"{id}");

        Assert.Equal((false, $"job {id} is being cancelled already"), (again.Changed, again.Message));
        Assert.Empty(_pool.Last.Effects);
    }

    [Fact]
    public void Cancelling_what_is_gone_or_never_was_says_which()
    {
        _pool.Submit(Drafts.Training() with { Hold = true });
        Assert.True(Cancel("1").Changed);

        Assert.Equal((true, false, "job 1 has ended (CANCELLED)"), (Cancel("1").Found, Cancel("1").Changed, Cancel("1").Message));
        Assert.False(Cancel("99").Found);
        Assert.False(Cancel("x").Found);
    }

    [Fact]
    public void Cancelling_an_array_by_its_number_is_one_outcome()
    {
        _pool.Submit(Drafts.Training() with { Array = "0-9" });

        var outcome = Cancel("1");

        Assert.Equal((true, "10 of 10 elements cancelled"), (outcome.Changed, outcome.Message));
        Assert.Equal(JobState.Completing, Assert.Single(_pool.State.Jobs).State);
    }

    [Fact]
    public void A_job_that_completes_before_the_cancel_arrives_has_completed()
    {
        var id = _pool.Submit(Drafts.Training());
        _pool.Start(id);
        Cancel($"{id}");

        _pool.Exit(id);

        Assert.Equal(JobState.Completed, _pool.Stored(id).State);
    }

    [Fact]
    public void A_job_cancelled_on_a_silent_node_ends_with_the_lease()
    {
        var id = _pool.Submit(Drafts.Training());
        _pool.Start(id);
        _pool.Leave("lab");
        Cancel($"{id}");
        Assert.Equal(JobState.Completing, _pool[id].State);

        _pool.After(_pool.Config.Leases.Lease);

        Assert.Equal(JobState.Cancelled, _pool.Stored(id).State);
    }

    [Fact]
    public void Requeueing_a_running_job_saves_stops_and_queues_it()
    {
        var id = _pool.Submit(Drafts.Training().Checkpointed());
        _pool.Start(id);
        _pool.Step(new PoolInput.Requeue([$"{id}"], "ann"));

        Assert.Equal(JobState.Checkpointing, _pool[id].State);
        Assert.True(Assert.IsType<PoolEffect.Stop>(Assert.Single(_pool.Last.Effects)).CheckpointFirst);
        _pool.Report(id, new AttemptEvent.Stopping(EndCause.Requeued));
        Assert.Equal(JobState.Completing, _pool[id].State);
        _pool.End(id, EndCause.Requeued);
        Assert.Equal((JobState.Configuring, 2), (_pool[id].State, _pool[id].AttemptNumber));
    }

    [Fact]
    public void An_ended_job_lives_again_when_the_store_gives_it_back()
    {
        var id = _pool.Submit(Drafts.Training());
        _pool.Start(id);
        _pool.Exit(id);
        Assert.Equal([id], _pool.State.EndedAmong([$"{id}", "99"]));
        Assert.Contains("submit it again", Requeue([]).Message, StringComparison.Ordinal);

        Assert.True(Requeue([_pool.Store.Read(id)]).Changed);

        Assert.Equal((JobState.Configuring, 2), (_pool[id].State, _pool[id].AttemptNumber));
    }

    [Fact]
    public void A_dependency_that_was_met_once_is_not_asked_for_again()
    {
        var first = _pool.Submit(Drafts.Training() with { Retries = 0 });
        var second = _pool.Submit(Drafts.Training() with { Dependency = $"afterok:{first}" });
        _pool.Exit(first);
        Assert.NotEqual("-", _pool.PlaceOf(second));
        _pool.Step(new PoolInput.Requeue([$"{first}"], "ann") { Revived = [_pool.Store.Read(first)] });

        _pool.End(second, EndCause.Requeued);
        _pool.Exit(first, 1);

        Assert.Equal((JobState.Failed, JobState.Configuring), (_pool.Stored(first).State, _pool[second].State));
    }

    [Fact]
    public void A_limited_array_runs_so_many_and_says_so()
    {
        _pool.Join(new Machine("big").With(4, Machine.A100, 80));
        var array = _pool.Submit(Drafts.Training() with { Array = "0-3%2" });
        Assert.Equal(2, _pool.State.Jobs.Count(job => job.State == JobState.Configuring));
        Assert.Equal(Reason.JobArrayTaskLimit, _pool.ReasonOf(new JobId(array.Number, 2)));

        _pool.Exit(new JobId(array.Number, 0));

        Assert.NotEqual("-", _pool.PlaceOf(new JobId(array.Number, 2)));
        Assert.Equal("-", _pool.PlaceOf(new JobId(array.Number, 3)));
    }

    [Fact]
    public void The_next_wake_up_is_the_earliest_thing_that_time_alone_will_change()
    {
        var start = _pool.Now;
        _pool.Join(new Machine("desk").With(1, Machine.Rtx4090, 24));
        var first = _pool.Submit(Drafts.Training());
        _pool.Submit(Drafts.Training().Checkpointed());
        Assert.Equal(start + TimeSpan.FromMinutes(30), _pool.Last.WakeAt);

        _pool.Leave("desk");
        Assert.Equal(start + _pool.Config.Leases.Lease, _pool.Last.WakeAt);

        _pool.Start(first);
        _pool.Exit(first, 1);
        Assert.Equal(start + _pool.Config.Retry.First, _pool.Last.WakeAt);
    }

    private JobOutcome Cancel(string id) =>
        Assert.Single(Assert.IsType<PoolReply.Outcomes>(_pool.Step(new PoolInput.Cancel([id], "ann", "")).Replies[0]).Jobs);

    private JobOutcome Requeue(IReadOnlyList<Job> revived) =>
        Assert.Single(
            Assert.IsType<PoolReply.Outcomes>(_pool.Step(new PoolInput.Requeue(["1"], "ann") { Revived = revived }).Replies[0]).Jobs);
}
