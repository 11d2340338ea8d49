using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>Jobs named by what they are; and who did what to them.</summary>
public sealed class FilterTests
{
    private readonly TestPool _pool = new TestPool().Join(new Machine("lab").With(1, Machine.A100, 80));

    [Fact]
    public void A_filter_alone_means_all_live_jobs_that_match()
    {
        var (mine, other) = (Held("ann"), Held("bob"));
        _pool.Submit(Drafts.Training() with { User = "ann", Array = "0-4", Hold = true });

        var outcomes = Cancel([], new JobFilter { User = "ann" });

        Assert.Equal([$"{mine}", "3"], outcomes.Select(outcome => outcome.Id));
        Assert.Equal("5 of 5 elements cancelled", outcomes[1].Message);
        Assert.Equal(other, Assert.Single(_pool.State.Jobs).Id);
    }

    [Fact]
    public void Beside_ids_both_must_match()
    {
        var mine = Held("ann");

        var outcome = Assert.Single(Cancel([$"{mine}"], new JobFilter { User = "bob" }));

        Assert.Equal((false, "job 1 is left alone: its user is ann, not bob"), (outcome.Changed, outcome.Message));
        Assert.Empty(_pool.Last.Changes);
        Assert.Empty(_pool[mine].Acts);
    }

    [Fact]
    public void State_name_and_tier_narrow_it()
    {
        var running = _pool.Submit(Drafts.Training() with { Name = "x" });
        _pool.Start(running);
        var waiting = _pool.Submit(Drafts.Training() with { Name = "y" });

        Assert.Empty(Cancel([], new JobFilter { States = [JobState.Pending], Name = "x" }));
        Assert.Empty(Cancel([], new JobFilter { Tier = "validation" }));
        Assert.Equal($"{waiting}", Assert.Single(Cancel([], new JobFilter { States = [JobState.Pending], Tier = "TRAINING" })).Id);
        Assert.NotNull(_pool.State.FindJob(running));
    }

    [Fact]
    public void A_tier_that_is_none_is_refused_with_those_that_there_are()
    {
        Held("ann");

        var reply = _pool.Step(new PoolInput.Hold([], "root") { Filter = new JobFilter { Tier = "trainig" } }).Replies[0];

        var fault = Assert.Single(Assert.IsType<PoolReply.Rejected>(reply).Faults);
        Assert.Equal(
            ("tier", "trainig", "unknown tier; did you mean 'training'? tiers of this pool: training, validation, preprocessing"),
            (fault.Field, fault.Value, fault.Allowed));
        Assert.Empty(_pool.Last.Changes);
    }

    [Fact]
    public void An_empty_user_never_means_everybody_and_neither_does_nothing_at_all()
    {
        Held("ann");

        foreach (var filter in new[] { new JobFilter { User = "" }, new JobFilter { Name = "" }, new JobFilter(), null })
            Assert.IsType<PoolReply.Rejected>(_pool.Step(new PoolInput.Cancel([], "ann", "") { Filter = filter }).Replies[0]);
        Assert.Single(_pool.State.Jobs);
    }

    [Fact]
    public void Hold_release_and_requeue_take_filters_too()
    {
        var id = _pool.Submit(Drafts.Training() with { User = "ann" });
        _pool.Start(id);
        var waiting = _pool.Submit(Drafts.Training() with { User = "ann" });
        var filter = new JobFilter { User = "ann", States = [JobState.Pending] };

        Assert.True(One(new PoolInput.Hold([], "root") { Filter = filter }).Changed);
        Assert.True(One(new PoolInput.Release([], "root") { Filter = filter }).Changed);
        Assert.True(One(new PoolInput.Requeue([], "root") { Filter = new JobFilter { States = [JobState.Running] } }).Changed);

        Assert.Equal([ActKind.Held, ActKind.Released], _pool[waiting].Acts.Select(act => act.Kind));
        Assert.Equal([new Act(ActKind.Requeued, "root", _pool.Now)], _pool[id].Acts);
    }

    [Fact]
    public void The_record_names_the_caller_and_when()
    {
        var id = Held("ann");
        Cancel([$"{id}"], null);

        Assert.Equal("cancelled by root: why not", _pool.Stored(id).ReasonText);
        Assert.Equal([new Act(ActKind.Cancelled, "root", _pool.Now) { Why = "why not" }], _pool.Stored(id).Acts);
    }

    [Fact]
    public void A_machine_keeps_who_drained_and_resumed_it()
    {
        var first = _pool.Now;
        _pool.Step(new PoolInput.Drain("lab/GPU-lab-0", "fan", null, "ann"));
        _pool.After(TimeSpan.FromMinutes(1));
        _pool.Step(new PoolInput.Resume("lab/GPU-lab-0", "bob"));

        Act[] expected =
        [
            new(ActKind.Drained, "ann", first) { Card = "GPU-lab-0", Why = "fan" },
            new(ActKind.Resumed, "bob", _pool.Now) { Card = "GPU-lab-0" },
        ];
        Assert.Equal(expected, _pool.Store.Open().Nodes[0].Acts);
    }

    [Fact]
    public void Only_the_newest_acts_are_kept()
    {
        var id = _pool.Submit(Drafts.Training("8") with { Hold = true });
        for (var i = 0; i < 20; i++)
        {
            _pool.Step(new PoolInput.Release([$"{id}"], "ann"));
            _pool.Step(new PoolInput.Hold([$"{id}"], $"u{i}"));
        }

        Assert.Equal(Act.MostKept, _pool[id].Acts.Count);
        Assert.Equal("u19", _pool[id].Acts[^1].User);
    }

    private JobId Held(string user) => _pool.Submit(Drafts.Training() with { User = user, Hold = true });

    private JobOutcome One(PoolInput input) => Assert.Single(Assert.IsType<PoolReply.Outcomes>(_pool.Step(input).Replies[0]).Jobs);

    private IReadOnlyList<JobOutcome> Cancel(IReadOnlyList<string> ids, JobFilter? filter) =>
        Assert.IsType<PoolReply.Outcomes>(_pool.Step(new PoolInput.Cancel(ids, "root", "why not") { Filter = filter }).Replies[0]).Jobs;
}
