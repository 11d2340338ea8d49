using System.Collections.Concurrent;

namespace Orleans.Embedded.Activations;

/// <summary>Runs everything that happens inside one activation, one piece of code at a time, on threads of the pool.</summary>
/// <remarks>
/// An <c>await</c> in a grain comes back here because this scheduler is then <see cref="TaskScheduler.Current"/>;
/// <c>ConfigureAwait(false)</c> and <see cref="Task.Run(Action)"/> leave it.
/// </remarks>
internal sealed class ActivationScheduler(Activation? activation) : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>Pieces run before other activations get the thread; keeps one busy grain from starving the rest.</summary>
    private const int PiecesPerSlice = 64;

    [ThreadStatic]
    private static ActivationScheduler? t_running;

    private readonly ConcurrentQueue<Task> _queue = new();
    private int _scheduled;

    /// <summary>The activation whose code this thread runs now; null outside of grains.</summary>
    public static Activation? RunningActivation => t_running?.Activation;

    public override int MaximumConcurrencyLevel => 1;

    private Activation? Activation { get; } = activation;

    void IThreadPoolWorkItem.Execute()
    {
        var outer = t_running;
        t_running = this;
        try
        {
            for (var pieces = 0; pieces < PiecesPerSlice && _queue.TryDequeue(out var piece); pieces++)
                TryExecuteTask(piece);
        }
        finally
        {
            t_running = outer;
            Volatile.Write(ref _scheduled, 0);
            if (!_queue.IsEmpty)
                Schedule();
        }
    }

    protected override void QueueTask(Task task)
    {
        _queue.Enqueue(task);
        Schedule();
    }

    /// <summary>Code that already runs in this activation may run a fresh task of it at once: still one piece at a time.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && t_running == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _queue.ToArray();

    private void Schedule()
    {
        if (Interlocked.CompareExchange(ref _scheduled, 1, 0) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
