namespace GpuScheduler.Worker.JobFiles;

/// <summary>
/// Threads for work on files that a job made or could have made. A file system that hangs (NFS, or one that a job mounted
/// itself) keeps a thread for as long as it likes: then it is one of these, and none of those that everything else needs.
/// </summary>
internal sealed class JobFileThreads(int most = JobFileThreads.Most)
{
    private const int Most = 256;
    private const int StackBytes = 256 << 10;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly Queue<Action> _waiting = new();
    private int _threads;
    private int _idle;

    public Task RunAsync(Action work) => RunAsync(() =>
    {
        work();
        return true;
    });

    /// <summary>What the work throws, its task throws. Awaiting it, with a limit, holds no thread meanwhile.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        // Who stopped waiting hears nothing of it any more: that is no unobserved fault.
        _ = done.Task.ContinueWith(
            failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return done.Task;
    }

    private void Add(Action work)
    {
        lock (_gate)
        {
            _waiting.Enqueue(work);
            if (_waiting.Count <= _idle)
                Monitor.Pulse(_gate);
            else if (_threads < most)
                Begin_NeedsLock();
        }
    }

    private void Begin_NeedsLock()
    {
        _threads++;
        new Thread(Work, StackBytes) { IsBackground = true, Name = "job files" }.Start();
    }

    private void Work()
    {
        while (Take() is { } work)
            work();
    }

    /// <returns>Null when there has been nothing to do for a while.</returns>
    private Action? Take()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _idle++;
                Monitor.Wait(_gate, Idle);
                _idle--;
            }

            if (_waiting.TryDequeue(out var work))
                return work;
            _threads--;
            return null;
        }
    }
}
