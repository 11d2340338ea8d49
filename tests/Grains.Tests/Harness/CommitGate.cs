using GpuScheduler.Core.Storage;

namespace GpuScheduler.Grains.Tests.Harness;

/// <summary>Sees every commit before it is written, and can hold it there.</summary>
public sealed class CommitGate
{
    private TaskCompletionSource? _closed;
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _next;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>From now on commits wait; the task ends when one does.</summary>
    public Task Close()
    {
        _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _arrived.Task.WaitAsync(FakeWorker.Patience);
    }

    /// <summary>Lets the waiting commit and all later ones pass.</summary>
    public void Open() => Interlocked.Exchange(ref _closed, null)?.TrySetResult();

    /// <summary>The next commit fails with this.</summary>
    public void FailOnce(Exception failure) => _next = failure;

    /// <summary>Commits with such changes fail, as if the step that led to them had met a bug.</summary>
    public Func<StoreChange, bool> Refuses { get; set; } = static _ => false;

    public async Task Pass(IReadOnlyList<StoreChange> changes)
    {
        Interlocked.Increment(ref _count);
        if (changes.Any(Refuses)) throw new InvalidOperationException("an injected fault");
        if (_closed is { } closed)
        {
            _arrived.TrySetResult();
            await closed.Task;
        }

        if (Interlocked.Exchange(ref _next, null) is { } failure) throw failure;
    }
}
