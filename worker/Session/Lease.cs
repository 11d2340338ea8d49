using GpuScheduler.Worker.Execution;

namespace GpuScheduler.Worker.Session;

/// <summary>
/// The node's lease as the scheduler last granted it; it outlives a session. When it runs out and the scheduler asked for
/// that, the attempts are stopped; otherwise they go on, and the scheduler fences them when the node is back.
/// </summary>
internal sealed class Lease(TimeProvider time, Func<Task> onExpired) : IDisposable
{
    private readonly Lock _gate = new();
    private Alarm? _timer;
    private TimeSpan _length;
    private bool _stops;

    /// <summary>As last granted; zero before the first.</summary>
    public TimeSpan Length
    {
        get
        {
            lock (_gate)
            {
                return _length;
            }
        }
    }

    public void Grant(TimeSpan length, bool stopsAttempts)
    {
        lock (_gate)
        {
            _stops = stopsAttempts;
            Renew_NeedsLock(length);
        }
    }

    public void Renew(TimeSpan length)
    {
        lock (_gate)
        {
            Renew_NeedsLock(length);
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Renew_NeedsLock(TimeSpan length)
    {
        _length = length;
        _timer?.Dispose();
        _timer = _stops && length > TimeSpan.Zero
            ? new Alarm(time, length, () => _ = onExpired())
            : null;
    }
}
