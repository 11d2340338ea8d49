using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Queueing;

/// <summary>
/// Jobs that came together may spill at the same moment: each step moves a bounded number, and nobody notices in what starts.
/// </summary>
public sealed class SpreadSpillTests
{
    private const int Jobs = 2_000;
    private const int Cards = 4;

    /// <summary>Far more than a step moves of one class, and a fraction of all.</summary>
    private const int MostInAStep = 100;

    private static readonly TimeSpan SpillsAfter = TimeSpan.FromMinutes(30);
    private readonly TestPool _pool = new TestPool().Join(new Machine("desk").With(Cards, Machine.Rtx4090, 24));
    private readonly List<JobId> _inOrder;

    public SpreadSpillTests()
    {
        _pool.TrySubmit([.. Enumerable.Range(0, Jobs).Select(i => Drafts.Training().Checkpointed() with { Priority = i * 7 % 50 })]);
        _inOrder = [.. _pool.State.Jobs.OrderBy(job => job, JobOrder.Instance).Select(job => job.Id)];
    }

    [Fact]
    public void Those_who_would_be_served_first_are_moved_first_so_that_the_same_jobs_start_as_if_all_were_moved_at_once()
    {
        _pool.After(SpillsAfter);
        Assert.Equal(_inOrder[..Cards].Order(), Running());

        for (var next = Cards; next < Cards + 20; next++)
        {
            _pool.Exit(_inOrder[next - Cards]);
            Assert.Contains(_inOrder[next], Running());
        }
    }

    [Fact]
    public void A_step_moves_a_bounded_number_and_every_step_some_until_all_have_moved()
    {
        _pool.After(SpillsAfter);
        for (var (before, after) = (Cards, Moved()); before < Jobs; (before, after) = (after, Moved()))
        {
            Assert.InRange(after - before, 1, MostInAStep);
            _pool.After(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void Of_many_kinds_of_request_the_first_of_each_is_moved_at_once_and_the_others_by_turns()
    {
        const int Kinds = 150, OfEach = 4;
        var pool = new TestPool();
        pool.TrySubmit(
            [.. Enumerable.Range(0, Kinds * OfEach).Select(i => Drafts.Training().Checkpointed() with { Memory = $"{1 + (i / OfEach)}GiB" })]);

        pool.After(SpillsAfter);
        Assert.All(ByKind(pool), jobs => Assert.True(HasMoved(jobs.MinBy(job => job.Id)!)));

        for (var (before, after) = (0, Moved(pool)); before < Kinds * OfEach; (before, after) = (after, Moved(pool)))
        {
            Assert.InRange(after - before, 1, Kinds + MostInAStep);
            pool.After(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void Where_more_have_room_than_a_step_moves_the_next_steps_are_due_at_once_and_start_the_others_in_order()
    {
        _pool.Join([.. Enumerable.Range(0, 50).Select(i => new Machine($"idle-{i:00}").With(8, Machine.Rtx4090, 24))]);
        _pool.After(SpillsAfter);
        Assert.Equal(_pool.Now, _pool.Last.WakeAt);

        while (_pool.Last.WakeAt == _pool.Now)
        {
            Assert.Equal(_inOrder[..Running().Count()].Order(), Running());
            _pool.Step();
        }

        Assert.Equal(_inOrder[..(Cards + 400)].Order(), Running());
    }

    private int Moved() => Moved(_pool);

    private static int Moved(TestPool pool) => pool.State.Jobs.Count(HasMoved);

    private static bool HasMoved(Job job) => job.Seat is not AccountLine { Lane.Stage: 0 };

    private static IEnumerable<IGrouping<long, Job>> ByKind(TestPool pool) => pool.State.Jobs.GroupBy(job => job.Spec.Request.MemoryMib);

    private IEnumerable<JobId> Running() => _pool.State.Jobs.Where(job => job.State.HoldsAllocation()).Select(job => job.Id).Order();
}
