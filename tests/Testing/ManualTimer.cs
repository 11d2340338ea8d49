namespace GpuScheduler.Testing;

/// <summary>One timer of a <see cref="ManualTimeProvider"/>, which alone decides when it fires.</summary>
internal sealed class ManualTimer(ManualTimeProvider owner, TimerCallback callback, object? state) : ITimer
{
    // As the system's timers do: the callback sees the async-locals of the code that created it.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private volatile bool _disposed;

    public TimeSpan Due { get; private set; }

    public TimeSpan Period { get; private set; }

    /// <summary>Breaks ties between timers due at the same instant.</summary>
    public long Sequence { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        if (_disposed)
            return false;
        owner.Arm(this, dueTime, period);
        return true;
    }

    public void Dispose()
    {
        _disposed = true;
        owner.Arm(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Schedule(TimeSpan due, TimeSpan period, long sequence) => (Due, Period, Sequence) = (due, period, sequence);

    internal void Fire()
    {
        if (_disposed)
            return;
        if (_context is null)
            callback(state);
        else
            ExecutionContext.Run(_context, static timer => ((ManualTimer)timer!).Invoke(), this);
    }

    private void Invoke() => callback(state);
}
