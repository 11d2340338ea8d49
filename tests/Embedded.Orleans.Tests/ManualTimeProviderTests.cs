using GpuScheduler.Testing;

namespace GpuScheduler.Embedded.Orleans.Tests;

/// <summary>The clock that these and all other tests move.</summary>
public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Timers_fire_in_order_of_their_due_time_and_see_that_instant()
    {
        var start = _time.GetUtcNow();
        using var late = Timer("late", 3);
        using var early = Timer("early", 1);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["early at 1", "late at 3"], _fired);
        Assert.Equal(start + TimeSpan.FromSeconds(5), _time.GetUtcNow());
    }

    [Fact]
    public void A_periodic_timer_fires_once_for_each_period_passed()
    {
        using var timer = Timer("tick", 1, period: 2);

        _time.Advance(TimeSpan.FromSeconds(5.5));

        Assert.Equal(["tick at 1", "tick at 3", "tick at 5"], _fired);
    }

    [Fact]
    public void A_disposed_timer_does_not_fire()
    {
        Timer("never", 1).Dispose();

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(_fired);
        Assert.Equal(0, _time.ArmedTimers);
    }

    [Fact]
    public void A_changed_timer_counts_from_the_change()
    {
        using var timer = Timer("tick", 2);
        _time.Advance(TimeSpan.FromSeconds(1));

        timer.Change(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["tick at 3"], _fired);
    }

    [Fact]
    public async Task Delays_and_cancellation_by_time_follow_the_clock()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(2), _time);
        var delay = Task.Delay(TimeSpan.FromSeconds(1), _time, CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(1));
        await delay;
        Assert.False(cancellation.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(cancellation.IsCancellationRequested);
    }

    [Fact]
    public void A_step_of_the_wall_clock_passes_no_time()
    {
        var before = _time.GetTimestamp();
        var wall = _time.GetUtcNow();
        using var timer = Timer("never", 1);

        _time.StepWallClock(TimeSpan.FromHours(-1));

        Assert.Equal(wall - TimeSpan.FromHours(1), _time.GetUtcNow());
        Assert.Equal(before, _time.GetTimestamp());
        Assert.Empty(_fired);
    }

    [Fact]
    public void Time_does_not_run_backwards() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.SetUtcNow(_time.GetUtcNow() - TimeSpan.FromSeconds(1)));

    private ITimer Timer(string name, double due, double period = -0.001)
    {
        var start = _time.GetTimestamp();
        return _time.CreateTimer(
            _ => _fired.Add($"{name} at {_time.GetElapsedTime(start).TotalSeconds}"),
            null,
            TimeSpan.FromSeconds(due),
            TimeSpan.FromSeconds(period));
    }
}
