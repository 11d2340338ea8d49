using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

public sealed class SubmittingTests
{
    private readonly TestPool _pool = new TestPool().Join(new Machine("lab").With(2, Machine.A100, 80));

    [Fact]
    public void All_or_none_and_faults_name_the_job()
    {
        var reply = _pool.TrySubmit(Drafts.Training(), Drafts.Training("nonsense") with { Priority = 1 }, Drafts.Job(memory: "-1GiB"));

        var rejected = Assert.IsType<PoolReply.Rejected>(reply);
        Assert.Equal(["jobs[1].gpus", "jobs[2].memory"], rejected.Faults.Select(fault => fault.Field));
        Assert.Empty(_pool.State.Jobs);
        Assert.Empty(_pool.Last.Changes);
    }

    [Fact]
    public void A_repeated_key_gets_the_first_answer_and_makes_no_job_even_after_a_restart()
    {
        var first = Submit("key-1", Drafts.Training());
        var again = Submit("key-1", Drafts.Training());
        _pool.Restart();
        var later = Submit("key-1", Drafts.Training());

        Assert.Equal(first.Jobs[0] with { Warnings = [] }, again.Jobs[0] with { Warnings = first.Jobs[0].Warnings }, Same);
        Assert.Equal(first.Jobs[0].Number, later.Jobs[0].Number);
        Assert.Single(_pool.Store.Jobs);
    }

    [Fact]
    public void A_key_repeated_within_one_submission_makes_one_job()
    {
        var reply = _pool.Step(new PoolInput.Submit([new(Drafts.Training(), "k"), new(Drafts.Training(), "k")])).Replies[0];

        Assert.Equal([1L, 1L], Assert.IsType<PoolReply.Submitted>(reply).Jobs.Select(job => job.Number));
        Assert.Single(_pool.State.Jobs);
    }

    [Fact]
    public void A_dependency_on_a_job_that_never_was_is_a_fault()
    {
        var rejected = Assert.IsType<PoolReply.Rejected>(_pool.TrySubmit(Drafts.Training() with { Dependency = "afterok:99" }));

        Assert.Equal(("dependency", "99"), (rejected.Faults[0].Field, rejected.Faults[0].Value));
    }

    [Fact]
    public void A_dependency_that_can_never_be_met_cancels_the_job_at_once_and_warns()
    {
        var failed = _pool.Submit(Drafts.Training() with { Retries = 0 });
        _pool.Start(failed);
        _pool.Exit(failed, 1);

        var reply = Assert.IsType<PoolReply.Submitted>(_pool.TrySubmit(Drafts.Training() with { Dependency = $"afterok:{failed}" }));

        var job = _pool.Stored(new JobId(reply.Jobs[0].Number));
        Assert.Equal((JobState.Cancelled, Reason.DependencyNeverSatisfied), (job.State, job.Reason));
        Assert.Contains("ended FAILED", reply.Jobs[0].Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_arrays_elements_share_their_specification_and_are_added_as_one_change()
    {
        var id = _pool.Submit(Drafts.Training() with { Array = "0-2" });

        var added = Assert.Single(_pool.Last.Changes.OfType<StoreChange.JobsAdded>());
        Assert.Equal(["1_0", "1_1", "1_2"], added.Jobs.Select(job => $"{job.Id}"));
        Assert.Single(added.Jobs.Select(job => job.Spec).Distinct());
        Assert.Equal(Reason.Resources, _pool.ReasonOf(new JobId(id.Number, 2)));
    }

    private static bool Same(AdmittedJob x, AdmittedJob y) =>
        (x.Number, x.Elements, x.Tier, x.TierDerivedFrom) == (y.Number, y.Elements, y.Tier, y.TierDerivedFrom);

    private PoolReply.Submitted Submit(string key, JobDraft draft) =>
        Assert.IsType<PoolReply.Submitted>(_pool.Step(new PoolInput.Submit([new JobSubmission(draft, key)])).Replies[0]);
}
