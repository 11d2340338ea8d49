using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Rules;

/// <summary>What a worker reports counts, even where its clock or its numbers can't be right.</summary>
public sealed class ReportTimeTests
{
    private readonly TestPool _pool = new TestPool().Join(new Machine("lab").With(1, Machine.A100, 80));

    [Fact]
    public void A_clock_that_was_put_back_makes_no_negative_run_time()
    {
        var id = Run();
        var attempt = _pool[id].Attempt!;
        _pool.After(TimeSpan.FromMinutes(10));

        Report(id, new AttemptEvent.Ended(EndCause.Exited, 0, null, ""), _pool.Now - TimeSpan.FromHours(1));

        Assert.Equal(TimeSpan.FromMinutes(10), attempt.EndTime - attempt.StartTime);
    }

    [Fact]
    public void A_clock_that_is_a_little_behind_loses_nothing()
    {
        var id = _pool.Submit(Drafts.Training());
        var granted = _pool[id].Attempt!.GrantTime;
        _pool.After(TimeSpan.FromMinutes(10));

        Report(id, new AttemptEvent.Started(null), granted - TimeSpan.FromSeconds(3));

        Assert.Equal(granted, _pool[id].StartTime);
    }

    [Theory]
    [InlineData(9_999)]
    [InlineData(2_100)]
    public void A_clock_that_is_ahead_counts_as_the_time_of_arrival(int year)
    {
        var id = _pool.Submit(Drafts.Training() with { TimeLimit = "3650-0" });

        Report(id, new AttemptEvent.Started(null), new DateTimeOffset(year, 12, 31, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(_pool.Now, _pool[id].StartTime);
    }

    [Theory]
    [InlineData(-1, 1, "")]
    [InlineData(long.MaxValue, 1, "")]
    [InlineData(1, -1, "")]
    [InlineData(1, long.MaxValue, "")]
    [InlineData(1, 1, "not hexadecimal")]
    public void A_checkpoint_that_cannot_be_is_refused_and_acknowledged(long step, long bytes, string sha256)
    {
        var id = Run();
        var report = _pool.Reported(
            _pool[id].Attempt!, new AttemptEvent.Saved(new Checkpoint(step, "a", bytes, sha256, _pool.Now)));

        Assert.IsType<PoolReply.Rejected>(_pool.Step(report).Replies[0]);

        Assert.Empty(_pool[id].Checkpoints);
        Assert.Equal(report.Sequence, Assert.Single(_pool.Last.Effects.OfType<PoolEffect.AckReports>()).Sequence);
    }

    [Fact]
    public void An_end_with_impossible_numbers_is_an_end()
    {
        var id = Run(retries: 0);
        var attempt = _pool[id].Attempt!;

        Report(id, new AttemptEvent.Ended(EndCause.Exited, int.MaxValue, -5, new string('x', 100_000)), _pool.Now);

        var ended = _pool.Stored(id);
        Assert.Equal((JobState.Failed, null, null), (ended.State, ended.ExitCode, ended.Signal));
        Assert.Equal(4_096, attempt.Message.Length);
    }

    [Fact]
    public void A_number_that_nothing_can_follow_is_not_kept()
    {
        var id = Run();
        var last = _pool.State.Nodes[0].DurableSequence;

        _pool.Step(_pool.Reported(_pool[id].Attempt!, new AttemptEvent.Stopping(EndCause.Cancelled)) with { Sequence = long.MaxValue });

        Assert.Equal(last, _pool.State.Nodes[0].DurableSequence);
        Assert.Equal(JobState.Running, _pool[id].State);
    }

    private JobId Run(int retries = 2)
    {
        var id = _pool.Submit(Drafts.Training().Checkpointed() with { Retries = retries });
        _pool.Start(id);
        return id;
    }

    private void Report(JobId id, AttemptEvent what, DateTimeOffset time) =>
        _pool.Step(_pool.Reported(_pool[id].Attempt!, what) with { Time = time });
}
