using Microsoft.Extensions.Time.Testing;

namespace GpuScheduler.Testing;

/// <summary>A clock that stands still until a test moves it, and that knows how many timers wait for that: a test that moves it before
/// the code under test has come to its wait would move it in vain.</summary>
public sealed class ArmedTimeProvider(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Lock _gate = new();
    private readonly HashSet<CountedTimer> _armed = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

    public ArmedTimeProvider()
        : this(TestTime.Start)
    {
    }

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

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new CountedTimer(
            this, callback, state, fire => base.CreateTimer(fire, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
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

    private void Count(CountedTimer timer)
    {
        lock (_gate)
        {
            if (!(timer.IsDue ? _armed.Add(timer) : _armed.Remove(timer))) return;
            foreach (var (_, reached) in _waiting.Where(entry => entry.Count <= _armed.Count))
                reached.TrySetResult();
            _waiting.RemoveAll(entry => entry.Count <= _armed.Count);
        }
    }

    /// <summary>Counts from the moment at which the clock has it, up to when it has fired for the last time.</summary>
    private sealed class CountedTimer : ITimer
    {
        private readonly ArmedTimeProvider _owner;
        private readonly TimerCallback _callback;
        private readonly ITimer _inner;
        private TimeSpan _period;
        private volatile bool _isDue;

        public CountedTimer(ArmedTimeProvider owner, TimerCallback callback, object? state, Func<TimerCallback, ITimer> make)
        {
            (_owner, _callback) = (owner, callback);
            _inner = make(_ => Fire(state));
        }

        public bool IsDue => _isDue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (_period, _isDue) = (period, dueTime != Timeout.InfiniteTimeSpan);
            var isAlive = _inner.Change(dueTime, period);
            if (!isAlive) _isDue = false;
            _owner.Count(this);
            return isAlive;
        }

        public void Dispose()
        {
            _isDue = false;
            _inner.Dispose();
            _owner.Count(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire(object? state)
        {
            if (_period <= TimeSpan.Zero)
            {
                _isDue = false;
                _owner.Count(this);
            }

            _callback(state);
        }
    }
}
