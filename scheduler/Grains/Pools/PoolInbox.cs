namespace GpuScheduler.Grains.Pools;

/// <summary>
/// What waits for the next cycle: calls that change something, and reads that want a state that is durable. Used on the
/// pool's own turns only, so it needs no lock.
/// </summary>
internal sealed class PoolInbox
{
    /// <summary>Inputs taken into one cycle: bounds how long the first of them waits for the last one.</summary>
    private const int MostInputsPerCycle = 2_000;

    /// <summary>Calls that may wait; beyond it a caller is told to come back, instead of memory filling up.</summary>
    private const int MostWaiting = 20_000;

    private readonly Queue<PendingCall> _calls = new();
    private readonly Queue<Action> _reads = new();
    private bool _woken;

    /// <summary>A cycle would have something to do.</summary>
    public bool HasWork => _calls.Count > 0 || _woken;

    /// <summary>No further call can wait.</summary>
    public bool IsFull => _calls.Count >= MostWaiting;

    /// <summary>Queues a call.</summary>
    public void Add(PendingCall call) => _calls.Enqueue(call);

    /// <summary>Asks for a cycle although there was no call: a lease, a back-off or a delay may have ended.</summary>
    public void Wake() => _woken = true;

    /// <summary>Looks after the cycle that runs now and before the next one begins.</summary>
    public Task<T> AtNextPause<T>(Func<T> look)
    {
        var seen = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _reads.Enqueue(() => Look(look, seen));
        return seen.Task;
    }

    /// <summary>Lets the waiting reads run, at once and on this turn.</summary>
    public void Pause()
    {
        while (_reads.TryDequeue(out var read)) read();
    }

    /// <summary>Takes what one cycle handles.</summary>
    public CycleCalls Take()
    {
        _woken = false;
        var taken = new List<PendingCall>();
        var inputs = 0;
        while (_calls.TryPeek(out var next) && (taken.Count == 0 || inputs + next.Call.Inputs.Length <= MostInputsPerCycle))
        {
            taken.Add(_calls.Dequeue());
            inputs += next.Call.Inputs.Length;
        }

        return CycleCalls.Of(taken);
    }

    private static void Look<T>(Func<T> look, TaskCompletionSource<T> seen)
    {
        try
        {
            seen.SetResult(look());
        }
        catch (Exception failure)
        {
            seen.SetException(failure);
        }
    }
}
