using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>Attempts of which nothing was started: whose fault it is decides what becomes of job and node.</summary>
public sealed class LaunchTests
{
    private const string NoFolder = "working directory '/data' doesn't exist on node bad. Allowed: one that exists.";

    private readonly TestPool _pool = new TestPool().Join(
        new Machine("bad").With(2, Machine.A100, 80), new Machine("good").With(8, Machine.A100, 80));

    [Fact]
    public void A_node_on_which_nothing_starts_is_out_before_it_has_swallowed_the_queue()
    {
        JobId[] ids = [.. Enumerable.Range(0, 8).Select(_ => _pool.Submit(Drafts.Training()))];

        for (var second = 0; second < 120; second++)
        {
            foreach (var id in ids.Where(id => _pool[id].State == JobState.Configuring).ToList())
            {
                if (_pool[id].Attempt!.Allocation.Head.Node.Name == "bad") _pool.End(id, EndCause.LaunchFailed);
                else _pool.Start(id);
            }

            _pool.After(TimeSpan.FromSeconds(1));
        }

        Assert.All(ids, id => Assert.Equal(JobState.Running, _pool[id].State));
        Assert.All(ids, id => Assert.Equal((0, 0), (_pool[id].Failures, _pool[id].LaunchFailures)));
    }

    [Fact]
    public void A_node_rests_after_a_failed_launch_and_the_job_goes_on_at_once_beside_it()
    {
        var id = _pool.Submit(Drafts.Training());
        Assert.StartsWith("bad:", _pool.PlaceOf(id), StringComparison.Ordinal);

        _pool.End(id, EndCause.LaunchFailed);

        Assert.StartsWith("good:", _pool.PlaceOf(id), StringComparison.Ordinal);
        Assert.NotNull(Bad.RestsUntil);
        Assert.StartsWith("good:", _pool.PlaceOf(_pool.Submit(Drafts.Training())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_has_rested_is_used_again_also_after_a_restart_of_the_scheduler()
    {
        var pool = new TestPool().Join(new Machine("only").With(1, Machine.A100, 80));
        var id = pool.Submit(Drafts.Training());
        pool.End(id, EndCause.LaunchFailed);
        Assert.Equal((JobState.Pending, Reason.ReqNodeNotAvail), (pool[id].State, pool.ReasonOf(id)));
        pool.Restart().Join(new Machine("only").With(1, Machine.A100, 80));
        Assert.Equal(JobState.Pending, pool[id].State);

        pool.After(pool.Config.Retry.First);

        Assert.Equal(JobState.Configuring, pool[id].State);
    }

    [Fact]
    public void A_node_is_drained_with_the_last_fault_and_with_what_to_do()
    {
        var pool = new TestPool().Join(new Machine("only").With(1, Machine.A100, 80));
        var id = pool.Submit(Drafts.Training());

        for (var i = 0; i < 3; i++)
        {
            pool.Report(id, new AttemptEvent.Ended(EndCause.LaunchFailed, null, null, "no space left on the disk"));
            pool.After(TimeSpan.FromMinutes(1));
        }

        var why = pool.State.Nodes[0].Cordon!.Why;
        Assert.Equal("3 launches failed in a row; the last: no space left on the disk; mend it, then: gpusched resume only", why);
    }

    [Fact]
    public void Resuming_a_node_ends_its_rest()
    {
        _pool.End(_pool.Submit(Drafts.Training()), EndCause.LaunchFailed);

        _pool.Step(new PoolInput.Resume("bad", "root"));

        Assert.Equal((null, 0), (Bad.RestsUntil, Bad.LaunchFailures));
    }

    [Fact]
    public void What_one_node_lacks_is_tried_on_another_without_using_the_jobs_tries_and_then_is_that_nodes_fault()
    {
        var id = _pool.Submit(Drafts.Training());

        Missing(id);

        Assert.StartsWith("good:", _pool.PlaceOf(id), StringComparison.Ordinal);
        Assert.Equal(0, Bad.LaunchFailures);
        _pool.Start(id);
        Assert.Equal((0, 1), (_pool[id].Failures, Bad.LaunchFailures));
    }

    [Fact]
    public void What_two_nodes_lack_is_the_jobs_fault_and_the_reason_itself_is_told()
    {
        var id = _pool.Submit(Drafts.Training());

        Missing(id);
        Missing(id);

        var job = _pool.Stored(id);
        Assert.Equal((JobState.Failed, Reason.JobLaunchFailure, 1), (job.State, job.Reason, job.ExitCode));
        Assert.Contains(NoFolder.TrimEnd('.'), job.ReasonText, StringComparison.Ordinal);
        Assert.Contains("nothing was started", job.ReasonText, StringComparison.Ordinal);
        Assert.Equal(0, Bad.LaunchFailures);
    }

    [Fact]
    public void Where_no_other_node_fits_it_is_tried_once_more_on_the_same_one()
    {
        var pool = new TestPool().Join(new Machine("bad").With(1, Machine.A100, 80));
        var id = pool.Submit(Drafts.Training());

        pool.Report(id, new AttemptEvent.Ended(EndCause.NotHere, 1, null, NoFolder));
        Assert.Equal(JobState.Configuring, pool[id].State);
        pool.Report(id, new AttemptEvent.Ended(EndCause.NotHere, 1, null, NoFolder));

        Assert.Equal(JobState.Failed, pool.Stored(id).State);
    }

    [Fact]
    public void What_no_node_could_start_fails_at_once()
    {
        var id = _pool.Submit(Drafts.Training());

        _pool.Report(id, new AttemptEvent.Ended(EndCause.Unstartable, 1, null, "arguments are too long"));

        var job = _pool.Stored(id);
        Assert.Equal((JobState.Failed, "nothing was started: arguments are too long"), (job.State, job.ReasonText));
        Assert.Equal(0, Bad.LaunchFailures);
    }

    private Node Bad => _pool.State.Nodes[0];

    private void Missing(JobId id) => _pool.Report(id, new AttemptEvent.Ended(EndCause.NotHere, 1, null, NoFolder));
}
