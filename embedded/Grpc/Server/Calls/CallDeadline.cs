using System.Diagnostics.CodeAnalysis;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>
/// A call's deadline. When it passes, the token is cancelled and the status sent, also when the handler takes no notice;
/// <see cref="Gate"/> keeps that apart from a write that the handler is in the middle of.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Stop is its disposal; the gate holds no handle, and may still be asked for by a late expiry.")]
internal sealed class CallDeadline
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly CancellationTokenSource _source;
    private readonly Timer _timer;

    public CallDeadline(TimeSpan timeout, Func<Task> onPassed, CancellationToken requestAborted)
    {
        Utc = DateTime.UtcNow + timeout;
        _source = CancellationTokenSource.CreateLinkedTokenSource(requestAborted);
        Token = _source.Token;
        _timer = new Timer(_ => Pass(onPassed), null, timeout < LongestTimer ? timeout : LongestTimer, Timeout.InfiniteTimeSpan);
    }

    public DateTime Utc { get; }

    public CancellationToken Token { get; }

    public bool Passed { get; private set; }

    public SemaphoreSlim Gate { get; } = new(1, 1);

    public void Stop()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Pass(Func<Task> onPassed)
    {
        Passed = true;
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call ended while the timer fired.
            return;
        }

        _ = onPassed();
    }
}
