using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Queueing;

/// <summary>More is learned of how long a family's jobs take than stands in the lines: they line up anew, some in each step.</summary>
public sealed class FamilySweepTests
{
    private const int Jobs = 400;

    /// <summary>Lined up by the step in which the card became free: one of them started.</summary>
    private const int FirstMoves = FamilySweep.MostMoves - 1;

    /// <summary>Such jobs are expected to take a quarter longer than the longest did.</summary>
    private const double Margin = 1.25;

    private static readonly TimeSpan Short = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Long = TimeSpan.FromHours(10);
    private readonly TestPool _pool = new TestPool().Join(new Machine("lab").With(1, Machine.A100, 80));
    private readonly JobDraft _sweep = Drafts.Training() with { Name = "sweep" };

    [Fact]
    public void A_step_lines_up_a_bounded_number_and_every_step_some_until_all_stand_where_they_should()
    {
        _pool.TrySubmit([.. Enumerable.Repeat(_sweep, Jobs)]);
        RunThree(Short);

        var waiting = Waiting("sweep").Count;
        for (var (before, after) = (0, CountOf(Short)); before < waiting; (before, after) = (after, CountOf(Short)))
        {
            Assert.InRange(after - before, Math.Min(FirstMoves, waiting - before), FamilySweep.MostMoves);
            _pool.After(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void The_first_are_lined_up_first()
    {
        _pool.TrySubmit([.. Enumerable.Repeat(_sweep, Jobs)]);
        RunThree(Short);

        var inOrder = Waiting("sweep").OrderBy(job => job.Id).Select(BandOf).ToList();
        Assert.All(inOrder[..FirstMoves], band => Assert.Equal(TimeBand.Of(null, Short * Margin), band));
        Assert.All(inOrder[FirstMoves..], band => Assert.Equal(TimeBand.Of(null, null), band));
    }

    [Fact]
    public void Who_names_a_limit_or_is_of_another_family_stays_where_he_stands()
    {
        var (limited, other) = (_sweep with { TimeLimit = "4h" }, _sweep with { Name = "other" });
        _pool.TrySubmit([.. Enumerable.Range(0, Jobs).SelectMany(_ => new[] { _sweep with { Priority = 1 }, limited, other })]);
        RunThree(Short);
        PassAll();

        Assert.Equal(Jobs - 4, CountOf(Short));
        Assert.All(Waiting("other"), job => Assert.Equal(TimeBand.Of(null, null), BandOf(job)));
        Assert.All(
            Waiting("sweep").Where(job => job.Spec.TimeLimit is not null),
            job => Assert.Equal(TimeBand.Of(TimeSpan.FromHours(4), null), BandOf(job)));
    }

    [Fact]
    public void A_run_of_another_length_begins_from_the_front_and_in_the_end_all_stand_by_it()
    {
        _pool.TrySubmit([.. Enumerable.Repeat(_sweep, Jobs)]);
        RunThree(Short);
        _pool.After(TimeSpan.FromSeconds(1));
        Run(Long);
        Assert.Equal(FamilySweep.MostMoves, CountOf(Long));

        PassAll();

        Assert.Equal(Waiting("sweep").Count, CountOf(Long));
    }

    [Fact]
    public void Runs_of_about_the_length_that_was_expected_make_nobody_line_up()
    {
        _pool.TrySubmit([.. Enumerable.Repeat(_sweep, Jobs)]);
        RunThree(Short);
        PassAll();
        var before = Waiting("sweep").ToDictionary(job => job.Id, job => job.Seat);

        Run(Short + TimeSpan.FromSeconds(30));

        Assert.All(Waiting("sweep"), job => Assert.Same(before[job.Id], job.Seat));
    }

    private void RunThree(TimeSpan length)
    {
        for (var i = 0; i < 3; i++) Run(length);
    }

    /// <summary>What holds the card runs for so long and ends well.</summary>
    private void Run(TimeSpan length)
    {
        var running = _pool.State.Jobs.Single(job => job.State.HoldsAllocation()).Id;
        _pool.Start(running);
        _pool.After(length);
        _pool.Exit(running);
    }

    private void PassAll()
    {
        for (var i = 0; i < (3 * Jobs / FamilySweep.MostMoves) + 3; i++) _pool.After(TimeSpan.FromSeconds(1));
    }

    private List<Job> Waiting(string name) => [.. _pool.State.Jobs.Where(job => job.Seat is AccountLine && job.Spec.Name == name)];

    private int CountOf(TimeSpan length) => Waiting("sweep").Count(job => BandOf(job) == TimeBand.Of(null, length * Margin));

    private static int BandOf(Job job) => ((AccountLine)job.Seat!).Lane.Class.Band;
}
