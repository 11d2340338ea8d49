using System.Collections.Concurrent;
using GpuScheduler.Grains.Messages;

namespace GpuScheduler.Grains.Pools;

/// <summary>
/// The short way into a pool that is active in this process. Calls gather here from any thread, and the pool's turn is asked for once
/// for all that wait, where a message to the grain would be made, scheduled and answered for each.
/// </summary>
/// <param name="turns">Where the pool's turns run.</param>
/// <param name="takeIn">Run on such a turn: takes one call into the inbox, or ends it with a refusal.</param>
/// <param name="begin">Run on such a turn, after those that waited: begins a cycle if none runs.</param>
public sealed class PoolDoor(IWorkItemScheduler turns, Action<PendingCall> takeIn, Action begin)
{
    private readonly ConcurrentQueue<PendingCall> _waiting = new();
    private int _isRung;
    private volatile bool _isClosed;

    /// <summary>Hands a call over. False: the door is closed, and the call may be in no cycle; it isn't ended.</summary>
    public bool TryEnter(PendingCall call)
    {
        if (_isClosed) return false;
        _waiting.Enqueue(call);
        if (Interlocked.Exchange(ref _isRung, 1) == 0) turns.QueueAction(LetIn);
        // Closed in between: what waits is refused by the one who closes, or here.
        if (_isClosed) RefuseAll();
        return true;
    }

    /// <summary>To be called on the pool's turn, before it ends: who waits is refused, who comes later is turned away.</summary>
    public void Close()
    {
        _isClosed = true;
        RefuseAll();
    }

    private void LetIn()
    {
        // Before the queue is emptied: a call that comes after its last look asks for a turn of its own.
        Interlocked.Exchange(ref _isRung, 0);
        if (_isClosed) return;
        while (_waiting.TryDequeue(out var call)) takeIn(call);
        begin();
    }

    private void RefuseAll()
    {
        while (_waiting.TryDequeue(out var call)) call.End(PoolAnswer.Refused("the pool stops or starts anew; try again", 0));
    }
}
