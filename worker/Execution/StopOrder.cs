using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Execution;

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

    /// <summary>Fires when the grace is over.</summary>
    public CancellationToken KillTime => _kill.Token;

    /// <returns>True for the first order.</returns>
    public bool Give(StopAttempt stop)
    {
        lock (_gate)
        {
            var killAt = time.GetUtcNow() + GraceOf(stop);
            if (_killAt is null || killAt < _killAt)
            {
                _killAt = killAt;
                _kill.CancelAfter(GraceOf(stop));
            }
        }

        return _given.TrySetResult(stop);
    }

    public static TimeSpan GraceOf(StopAttempt stop)
    {
        var grace = stop.Grace?.ToTimeSpan() ?? DefaultGrace;
        return grace > TimeSpan.Zero ? grace : TimeSpan.Zero;
    }

    public void Dispose() => _kill.Dispose();
}
