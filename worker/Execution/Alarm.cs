namespace GpuScheduler.Worker.Execution;

/// <summary>Rings once after a span of any length: .NET's timers wait for 49 days at most, and time limits may be longer.</summary>
internal sealed class Alarm : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private readonly TimeProvider _time;
    private readonly TimeSpan _after;
    private readonly Action _ring;
    private readonly long _set;
    private readonly ITimer _timer;

    public Alarm(TimeProvider time, TimeSpan after, Action ring)
    {
        (_time, _after, _ring, _set) = (time, after, ring, time.GetTimestamp());
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Wait(after), Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    private static TimeSpan Wait(TimeSpan left) => left <= TimeSpan.Zero ? TimeSpan.Zero : left < LongestWait ? left : LongestWait;

    private void Look()
    {
        var left = _after - _time.GetElapsedTime(_set);
        if (_after <= LongestWait || left <= TimeSpan.Zero)
            _ring();
        else
            _timer.Change(Wait(left), Timeout.InfiniteTimeSpan);
    }
}
