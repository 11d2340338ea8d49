using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>What <c>explain</c> says of jobs that don't wait; the scenarios show what it says of those that do.</summary>
public sealed class ExplainingTests
{
    private readonly TestPool _pool = new TestPool().Join(new Machine("lab").With(2, Machine.A100, 80));

    [Fact]
    public void A_running_job_says_where_it_runs_why_there_and_since_when()
    {
        var id = _pool.Submit(Drafts.Training("2"));
        _pool.Start(id);

        Assert.Equal(
            [
                "Placed 2: on lab: 2 × NVIDIA A100-SXM4-80GB (GPU-lab-0, GPU-lab-1); datacenter is the first choice of tier 'training'",
                "Attempt 1: 1, started 2026-01-05 09:00:00Z",
                "Score 1: it scored 1132.5 points (tierPreference 1000 of 1000, finishTime 60 of 60, fragmentation 20 of 40, cache 0 of "
                    + "30, thermal 15 of 15, power 5 of 5, faults 25 of 25, energy 5 of 5, cost 2.5 of 5); no other place had room then",
            ],
            Live(id));
    }

    [Fact]
    public void A_job_whose_start_is_not_known_yet_says_so_and_how_the_attempt_before_ended()
    {
        var id = _pool.Submit(Drafts.Training().Checkpointed());
        _pool.Start(id);
        _pool.Save(id, 100);
        _pool.End(id, EndCause.Preempted);

        Assert.Equal(
            "Attempt 1: 2, granted 2026-01-05 09:00:00Z; its worker has not reported its start yet; it may be checking the checkpoint "
                + "to go on from; the one before ended: stopped for a more important job",
            Live(id)[1]);
    }

    [Fact]
    public void A_job_that_waits_again_says_how_its_last_attempt_ended()
    {
        var id = _pool.Submit(Drafts.Training() with { Retries = 1 });
        RunFor(id, 60, code: 3);

        Assert.Equal("Attempt 1: 1 on lab with 1 card: exit status 3 after 1 min; 1 min of work lost", Live(id)[^1]);
    }

    [Fact]
    public void A_failed_job_says_why_with_a_hint_then_its_attempts_then_what_was_lost()
    {
        var id = _pool.Submit(Drafts.Training().Checkpointed() with { Retries = 0 });
        _pool.Start(id);
        _pool.Save(id, 40);
        _pool.After(TimeSpan.FromMinutes(2));
        _pool.End(id, EndCause.NodeLost);
        RunFor(id, 60, code: 137);

        Assert.Equal(
            [
                "NonZeroExitCode 1: ended by signal 9; read the log, or submit with --retries",
                "Attempt 1: 2 on lab with 1 card: ended by signal 9 after 1 min; 1 min of work lost",
                "Attempt 1: 1 on lab with 1 card: its node was lost after 2 min, saved up to step 40; 2 min of work lost",
                "WorkLost 2: 3 min of work lost in all; step 40 is saved: 'gpusched requeue 1' goes on from there",
            ],
            Ended(id));
    }

    [Fact]
    public void A_completed_job_says_how_it_ended()
    {
        var id = _pool.Submit(Drafts.Training());
        RunFor(id, 5, code: 0);

        Assert.Equal(["Ended 1: exit status 0", "Attempt 1: 1 on lab with 1 card: exit status 0 after 5 s"], Ended(id));
    }

    [Fact]
    public void A_job_that_was_cancelled_before_it_ran_says_by_whom()
    {
        var id = _pool.Submit(Drafts.Training() with { Hold = true });
        _pool.Step(new PoolInput.Cancel([$"{id}"], "ann", "wrong data"));

        Assert.Equal(["Ended 1: cancelled by ann: wrong data"], Ended(id));
    }

    [Fact]
    public void Many_attempts_are_summed_up()
    {
        var id = _pool.Submit(Drafts.Training());
        for (var i = 0; i < 9; i++) _pool.End(id, EndCause.Preempted);
        RunFor(id, 5, code: 0);

        Assert.Equal((1 + 8 + 1, "Attempt 2: earlier ones: see 'gpusched show'"), (Ended(id).Count, Ended(id)[^1]));
    }

    private void RunFor(JobId id, int seconds, int code)
    {
        _pool.Start(id);
        _pool.After(TimeSpan.FromSeconds(seconds));
        _pool.Exit(id, code);
    }

    private List<string> Live(JobId id) => [.. _pool.Engine.Explain(_pool.State, _pool[id], _pool.Now).Select(Text)];

    private List<string> Ended(JobId id) => [.. PoolEngine.ExplainEnded(new StoredJob(_pool.Stored(id), AttemptsOf(id))).Select(Text)];

    private List<Attempt> AttemptsOf(JobId id) =>
        [.. _pool.Store.Attempts.Values.Where(attempt => attempt.Id.Job == id).OrderBy(attempt => attempt.Id.Number)];

    private static string Text(Explanation line) => $"{line.Reason} {line.Count}: {line.Text}";
}
