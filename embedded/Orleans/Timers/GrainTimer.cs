using Microsoft.Extensions.Logging;
using Orleans.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans.Embedded.Timers;

/// <summary>A timer whose tick is a request in its activation's mailbox. The next tick is armed only when one has ended.</summary>
internal sealed partial class GrainTimer : IGrainTimer
{
    private readonly Lock _gate = new();
    private readonly Activation _activation;
    private readonly ActivationTimers _owner;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _disposal = new();
    private TimeSpan _dueTime = Timeout.InfiniteTimeSpan;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private bool _firing;
    private bool _changed;

    public GrainTimer(
        Activation activation, ActivationTimers owner, Func<CancellationToken, Task> callback,
        GrainTimerCreationOptions options, TimeProvider time, ILogger log)
    {
        _activation = activation;
        _owner = owner;
        _callback = callback;
        _log = log;
        Options = options;
        var flow = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        _timer = time.CreateTimer(
            static timer => ((GrainTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        flow?.Undo();
    }

    public GrainTimerCreationOptions Options { get; }

    public bool IsDisposed => _disposal.IsCancellationRequested;

    /// <summary>Takes effect at once, or at the end of the callback that runs or waits for its turn.</summary>
    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            (_changed, _dueTime, _period) = (true, dueTime, period);
            if (!_firing)
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _disposal.Cancel();
        _timer.Dispose();
        _owner.Remove(this);
    }

    /// <summary>One turn; what the callback throws is logged, and the timer goes on.</summary>
    public async Task RunCallbackAsync()
    {
        lock (_gate)
        {
            _changed = false;
        }

        try
        {
            await _callback(_disposal.Token);
        }
        catch (OperationCanceledException) when (IsDisposed)
        {
            // Disposing a timer ends its callback this way.
        }
        catch (Exception exception)
        {
            LogCallbackFailed(_log, exception, _activation.GrainId);
        }

        ArmNext();
    }

    private void Fire()
    {
        lock (_gate)
        {
            _firing = true;
        }

        _activation.Post(new TimerTick(this));
    }

    private void ArmNext()
    {
        lock (_gate)
        {
            _firing = false;
            _timer.Change(_changed ? _dueTime : _period, Timeout.InfiniteTimeSpan);
        }
    }

    [LoggerMessage(20, LogLevel.Warning, "A timer callback of {GrainId} failed; the timer goes on")]
    private static partial void LogCallbackFailed(ILogger logger, Exception exception, GrainId grainId);
}
