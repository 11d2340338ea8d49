using System.Diagnostics.CodeAnalysis;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>
/// A call's deadline. When it passes, the token is cancelled and the status sent, also when the handler takes no notice;
/// <see cref="Gate"/> keeps that apart from a write that the handler is in the middle of.
/// </summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "Stop is its disposal; the gate holds no handle, and may still be asked for by a late expiry.")]
internal sealed class CallDeadline
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly CancellationTokenSource _source;
    private readonly TimeSpan _timeout;
    private readonly Timer _timer;

    public CallDeadline(TimeSpan timeout, Func<Task> onPassed, CancellationToken requestAborted)
    {
        var now = DateTime.UtcNow;
        Utc = timeout < DateTime.MaxValue - now ? now + timeout : DateTime.MaxValue;
        _source = CancellationTokenSource.CreateLinkedTokenSource(requestAborted);
        Token = _source.Token;
        _timeout = timeout;
        _timer = new Timer(_ => Pass(onPassed), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public DateTime Utc { get; }

    public CancellationToken Token { get; }

    public bool Passed { get; private set; }

    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Apart from the constructor, so that a timeout of zero finds its call complete. Beyond 49 days no timer runs.</summary>
    public void Start()
    {
        if (_timeout < LongestTimer)
            _timer.Change(_timeout, Timeout.InfiniteTimeSpan);
    }

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
