using System.Collections.Concurrent;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>Runs all writes one after the other on a thread of its own: an fsync never holds up a thread of the pool's, and the
/// writer's connection and statements need no lock.</summary>
internal sealed class WriterThread : IAsyncDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WriterThread(string name) => new Thread(Work) { IsBackground = true, Name = name }.Start();

    /// <summary>Runs <paramref name="write"/> after everything asked for before. A cancelled call has not begun; one that has
    /// begun is not interrupted, so that its outcome is known.</summary>
    public Task<T> RunAsync<T>(Func<T> write, CancellationToken cancellationToken)
    {
        var outcome = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() => Run(write, outcome, cancellationToken), cancellationToken);
        return outcome.Task;
    }

    /// <summary>Finishes what was asked for, then ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        _work.CompleteAdding();
        await _ended.Task.ConfigureAwait(false);
        _work.Dispose();
    }

    private void Work()
    {
        foreach (var write in _work.GetConsumingEnumerable())
            write();
        _ended.SetResult();
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
