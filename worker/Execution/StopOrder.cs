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
    /// <summary>What proto and command line promise where nobody says otherwise.</summary>
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource<StopAttempt> _given = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _kill = new(Timeout.InfiniteTimeSpan, time);
    private readonly Lock _gate = new();
    private DateTimeOffset? _killAt;

    public Task<StopAttempt> Given => _given.Task;

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
                return AtLeastZero((_killAt ?? DateTimeOffset.MinValue) - time.GetUtcNow());
            }
        }
    }

    /// <param name="stop">The order.</param>
    /// <param name="grace">Less than the order's own where an earlier agent has already waited.</param>
    /// <param name="keep">Makes a new time of the kill durable, before anybody acts on it; null: it is already.</param>
    public StopChange Give(StopAttempt stop, TimeSpan grace, Action? keep = null)
    {
        var isNearer = BringNearer(stop, AtLeastZero(grace));
        if (isNearer) keep?.Invoke();
        return _given.TrySetResult(First!) ? StopChange.Begun : isNearer ? StopChange.Nearer : StopChange.None;
    }

    public static TimeSpan GraceOf(StopAttempt stop) => AtLeastZero(stop.Grace?.ToTimeSpan() ?? DefaultGrace);

    public void Dispose() => _kill.Dispose();

    private bool BringNearer(StopAttempt stop, TimeSpan grace)
    {
        lock (_gate)
        {
            First ??= stop;
            var killAt = time.GetUtcNow() + grace;
            if (killAt >= _killAt)
                return false;
            _killAt = killAt;
            _kill.CancelAfter(grace);
            return true;
        }
    }

    private static TimeSpan AtLeastZero(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;
}
