using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Execution;

/// <summary>What an order to stop has changed.</summary>
internal enum StopChange
{
    /// <summary>The attempt is now to be stopped.</summary>
    Begun,

    /// <summary>It was being stopped already; the kill comes sooner now.</summary>
    Nearer,

    /// <summary>It was being stopped already, and at least as soon.</summary>
    None,
}

/// <summary>
/// The order to stop one attempt: the first one counts, a later one can only bring the kill nearer (a preempted job that its
/// user cancels doesn't get the rest of the preemption's grace).
/// </summary>
internal sealed class StopOrder(TimeProvider time) : IDisposable
{
    /// <summary>What proto and command line promise unless something else is said.</summary>
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(30);

    /// <summary>What a timer can count; the scheduler allows less.</summary>
    private static readonly TimeSpan LongestGrace = TimeSpan.FromDays(30);

    private readonly TaskCompletionSource<StopAttempt> _given = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _kill = new(Timeout.InfiniteTimeSpan, time);
    private readonly CancellationTokenSource _begun = new();
    private readonly Lock _gate = new();
    private readonly long _made = time.GetTimestamp();

    /// <summary>Since it was made, and not by the clock: a changed one gives no grace anew and takes none.</summary>
    private TimeSpan? _killAfter;

    public Task<StopAttempt> Given => _given.Task;

    /// <summary>Fires with the first order: what a launch waits for isn't waited for any longer.</summary>
    public CancellationToken GivenToken => _begun.Token;

    /// <summary>The one that counts; null before it.</summary>
    public StopAttempt? First { get; private set; }

    /// <summary>Fires when the grace is over.</summary>
    public CancellationToken KillTime => _kill.Token;

    /// <summary>What is left of the grace; zero before the first order and when it is over.</summary>
    public TimeSpan Left
    {
        get
        {
            lock (_gate)
            {
                return _killAfter is { } after ? AtLeastZero(after - time.GetElapsedTime(_made)) : TimeSpan.Zero;
            }
        }
    }

    /// <param name="stop">The order.</param>
    /// <param name="grace">Less than the order's own where an earlier agent has already waited.</param>
    /// <param name="keep">Makes a new time of the kill durable, before anything acts on it; null: it is already.</param>
    public StopChange Give(StopAttempt stop, TimeSpan grace, Action? keep = null)
    {
        var isNearer = BringNearer(stop, AtLeastZero(grace));
        if (isNearer) keep?.Invoke();
        if (!_given.TrySetResult(First!))
            return isNearer ? StopChange.Nearer : StopChange.None;
        _ = _begun.CancelAsync();
        return StopChange.Begun;
    }

    public static TimeSpan GraceOf(StopAttempt stop)
    {
        var grace = WireSpan.From(stop.Grace) ?? DefaultGrace;
        return grace < LongestGrace ? grace : LongestGrace;
    }

    public void Dispose()
    {
        _kill.Dispose();
        _begun.Dispose();
    }

    private bool BringNearer(StopAttempt stop, TimeSpan grace)
    {
        lock (_gate)
        {
            First ??= stop;
            var killAfter = time.GetElapsedTime(_made) + grace;
            if (killAfter >= _killAfter)
                return false;
            _killAfter = killAfter;
            _kill.CancelAfter(grace);
            return true;
        }
    }

    private static TimeSpan AtLeastZero(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;
}
