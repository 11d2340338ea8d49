namespace Orleans.Embedded.Calls;

/// <summary>A call that is answered with a <see cref="TimeoutException"/> when its target doesn't answer in time.</summary>
internal interface IAwaitedCall
{
    string Description { get; }

    void Fail(Exception exception);
}

/// <summary>A call and the timestamp at which it was sent.</summary>
internal readonly record struct PendingCall(IAwaitedCall Call, long SentAt);

/// <summary>Ends calls that stay unanswered for too long.</summary>
/// <remarks>
/// One limit for all means that calls expire in the order they were sent: a list with the oldest in front, and one timer
/// for the oldest alone, make the cost of a call that is answered in time two list operations and no timer.
/// </remarks>
internal sealed class ResponseTimeouts(TimeProvider time, TimeSpan limit) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<PendingCall> _oldestFirst = new();
    private ITimer? _timer;
    private bool _armed;

    public LinkedListNode<PendingCall>? Track(IAwaitedCall call)
    {
        if (limit == Timeout.InfiniteTimeSpan)
            return null;
        lock (_gate)
        {
            var pending = _oldestFirst.AddLast(new PendingCall(call, time.GetTimestamp()));
            if (!_armed)
                Arm_NeedsLock(limit);
            return pending;
        }
    }

    public void Forget(LinkedListNode<PendingCall>? pending)
    {
        if (pending is null)
            return;
        lock (_gate)
        {
            if (pending.List is not null)
                _oldestFirst.Remove(pending);
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Arm_NeedsLock(TimeSpan dueTime)
    {
        _armed = true;
        if (_timer is null)
        {
            using (ExecutionContext.SuppressFlow())
            {
                _timer = time.CreateTimer(static self => ((ResponseTimeouts)self!).Expire(), this, dueTime, Timeout.InfiniteTimeSpan);
            }
        }
        else
        {
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    private void Expire()
    {
        foreach (var call in TakeExpired())
            call.Fail(new TimeoutException($"No answer within {limit} to {call.Description}."));
    }

    private List<IAwaitedCall> TakeExpired()
    {
        var expired = new List<IAwaitedCall>();
        lock (_gate)
        {
            _armed = false;
            while (_oldestFirst.First is { } oldest)
            {
                var left = limit - time.GetElapsedTime(oldest.Value.SentAt);
                if (left > TimeSpan.Zero)
                {
                    Arm_NeedsLock(left);
                    break;
                }

                expired.Add(oldest.Value.Call);
                _oldestFirst.RemoveFirst();
            }
        }

        return expired;
    }
}
