using GpuScheduler.Grains.Messages;

namespace GpuScheduler.Host.Logs;

/// <summary>
/// Holds the parts of one log between a worker and a reader. When the reader is slower than the worker, it keeps what fits,
/// drops the rest, and notes from which byte the log must be asked for again.
/// </summary>
internal sealed class LogBuffer
{
    /// <summary>Bytes kept for one reader.</summary>
    public const int Capacity = 4 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<LogPart> _parts = new();
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _requestId = "";
    private int _bytes;

    /// <summary>Set once parts were dropped.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>First byte that has not been taken in.</summary>
    public long Next { get; private set; }

    /// <summary>Parts of other requests are ignored from now on.</summary>
    public void Begin(string requestId)
    {
        lock (_lock)
        {
            _requestId = requestId;
            Overflowed = false;
        }
    }

    public void Take(LogPart part)
    {
        lock (_lock)
        {
            if (part.RequestId != _requestId || Overflowed) return;
            if (_bytes + part.Data.Length > Capacity) Overflowed = true;
            else Keep_NeedsLock(part);
            _arrived.TrySetResult();
        }
    }

    /// <summary>The next part; null when all that was kept is read and more must be asked for.</summary>
    public async Task<LogPart?> Read(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task arrived;
            lock (_lock)
            {
                if (_parts.TryDequeue(out var part))
                {
                    _bytes -= part.Data.Length;
                    return part;
                }

                if (Overflowed) return null;
                if (_arrived.Task.IsCompleted) _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                arrived = _arrived.Task;
            }

            await arrived.WaitAsync(cancellationToken);
        }
    }

    private void Keep_NeedsLock(LogPart part)
    {
        _parts.Enqueue(part);
        _bytes += part.Data.Length;
        if (part.Error.Length == 0 && part.Remark.Length == 0) Next = part.Offset + part.Data.Length;
    }
}
