using System.Globalization;

namespace GpuScheduler.Host.Workers;

/// <summary>Names sessions and log requests, never the same twice: the process's start, then a count.</summary>
public sealed class SessionIds(TimeProvider clock)
{
    private readonly long _started = clock.GetUtcNow().UtcTicks;
    private long _count;

    public string Next() => string.Create(CultureInfo.InvariantCulture, $"{_started:x}-{Interlocked.Increment(ref _count)}");
}
