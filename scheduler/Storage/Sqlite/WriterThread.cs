namespace GpuScheduler.Storage.Sqlite;

/// <summary>Runs all writes one after the other on a thread of its own: an fsync never holds up a thread of the pool's, and the
/// writer's connection and statements need no lock.</summary>
/// <remarks>A monitor, because it sleeps at once: collections that block spin first, on cores that callers could use.</remarks>
internal sealed class WriterThread : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly Queue<Action> _work = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _closed;

    public WriterThread(string name) => new Thread(Work) { IsBackground = true, Name = name }.Start();

    /// <summary>Runs <paramref name="write"/> after everything asked for before. A cancelled call has not begun; one that has
    /// begun is not interrupted, so that its outcome is known.</summary>
    public Task<T> RunAsync<T>(Func<T> write, CancellationToken cancellationToken)
    {
        var outcome = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _work.Enqueue(() => Run(write, outcome, cancellationToken));
            Monitor.Pulse(_gate);
        }

        return outcome.Task;
    }

    /// <summary>Finishes what was asked for, then ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }

        await _ended.Task.ConfigureAwait(false);
    }

    private void Work()
    {
        while (Next() is { } write)
            write();
        _ended.SetResult();
    }

    /// <summary>Waits for it; null when closed and all is done.</summary>
    private Action? Next()
    {
        lock (_gate)
        {
            while (_work.Count == 0 && !_closed)
                Monitor.Wait(_gate);
            return _work.TryDequeue(out var write) ? write : null;
        }
    }

    private static void Run<T>(Func<T> write, TaskCompletionSource<T> outcome, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            outcome.SetCanceled(cancellationToken);
            return;
        }

        try
        {
            outcome.SetResult(write());
        }
#pragma warning disable CA1031 // Whatever went wrong belongs to the caller who waits; the thread serves the next one.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            outcome.SetException(fault);
        }
    }
}
