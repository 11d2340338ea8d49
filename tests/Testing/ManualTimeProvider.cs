namespace GpuScheduler.Testing;

/// <summary>A clock that stands still until a test moves it, and that fires the timers which fall due on the way.</summary>
/// <remarks>
/// Timers fire in order of their due time (ties: creation order), on the thread that moves the clock, which shows each
/// timer the very instant it was due. A timer started by another one's callback fires in the same move when it falls due in it.
/// Safe for use from several threads; a move of the clock waits for one that another thread is making.
/// </remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly Lock _moving = new();
    private readonly List<ManualTimer> _armed = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private DateTimeOffset _start;
    private TimeSpan _elapsed;
    private long _sequence;

    /// <summary>Starts at a fixed, unremarkable Monday morning, so that no test depends on the day it runs.</summary>
    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero))
    {
    }

    public ManualTimeProvider(DateTimeOffset start) => _start = start.ToUniversalTime();

    /// <summary>Timers that will fire when the clock moves far enough.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_gate)
            {
                return _armed.Count;
            }
        }
    }

    public override TimeZoneInfo LocalTimeZone => Zone;

    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _start + _elapsed;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsed.Ticks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on and fires every timer that falls due in that span.</summary>
    public void Advance(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        lock (_moving)
        {
            MoveTo(Elapsed() + span);
        }
    }

    /// <summary>Moves the clock on to an instant, firing timers on the way; an earlier instant is refused.</summary>
    public void SetUtcNow(DateTimeOffset value) => Advance(value - GetUtcNow());

    /// <summary>Steps the wall clock, forwards or backwards, as an administrator or NTP would: no time passes, no timer fires.</summary>
    public void StepWallClock(TimeSpan step)
    {
        lock (_gate)
        {
            _start += step;
        }
    }

    /// <summary>Completes once at least this many timers are armed: the code under test has come to where it waits for time.</summary>
    public Task UntilArmedAsync(int timers, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_armed.Count >= timers)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((timers, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Arms, re-arms or (with an infinite due time) disarms a timer, as from the present instant.</summary>
    internal void Arm(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
                return;
            timer.Schedule(_elapsed + dueTime, period, _sequence++);
            _armed.Add(timer);
            SignalWaiting_NeedsLock();
        }
    }

    private void MoveTo(TimeSpan target)
    {
        while (TakeDue(target) is { } timer)
            timer.Fire();
    }

    /// <summary>
    /// The next timer due by <paramref name="target"/>, with the clock set to its instant; none: the clock is at the target.
    /// </summary>
    private ManualTimer? TakeDue(TimeSpan target)
    {
        lock (_gate)
        {
            var next = _armed.Where(timer => timer.Due <= target).MinBy(timer => (timer.Due, timer.Sequence));
            if (next is null)
            {
                _elapsed = target;
                return null;
            }

            _elapsed = next.Due > _elapsed ? next.Due : _elapsed;
            _armed.Remove(next);
            if (next.Period > TimeSpan.Zero)
            {
                next.Schedule(next.Due + next.Period, next.Period, _sequence++);
                _armed.Add(next);
            }

            return next;
        }
    }

    private TimeSpan Elapsed()
    {
        lock (_gate)
        {
            return _elapsed;
        }
    }

    private void SignalWaiting_NeedsLock()
    {
        foreach (var (_, reached) in _waiting.Where(entry => entry.Count <= _armed.Count))
            reached.TrySetResult();
        _waiting.RemoveAll(entry => entry.Count <= _armed.Count);
    }
}
