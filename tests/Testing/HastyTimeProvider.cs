using System.Collections.Concurrent;

namespace GpuScheduler.Testing;

/// <summary>A clock on which every wait is over at once, and is remembered: for what tries again by itself.</summary>
public sealed class HastyTimeProvider : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();

    public IReadOnlyCollection<TimeSpan> Waits => _waits;

    /// <summary>A wait as .NET asks the clock for it.</summary>
    public static TimeSpan Rounded(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Floor(wait.TotalMilliseconds));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan) _waits.Enqueue(dueTime);
        return System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
