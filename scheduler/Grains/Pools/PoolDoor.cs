using System.Collections.Concurrent;
using GpuScheduler.Grains.Messages;

namespace GpuScheduler.Grains.Pools;

/// <summary>
/// The short way into a pool that is active in this process. Calls wait here, put in from any thread, and the pool takes all of them on
/// one turn. A call to the grain would cost a message, a turn and a message back for each.
/// </summary>
/// <param name="turns">Runs actions on the pool's turns.</param>
/// <param name="takeIn">Run on such a turn for each call: puts it into the inbox or refuses it.</param>
/// <param name="startCycles">Run on such a turn after the last call: starts cycles if none runs.</param>
internal sealed class PoolDoor(IWorkItemScheduler turns, Action<PendingCall> takeIn, Action startCycles)
{
    private readonly ConcurrentQueue<PendingCall> _waiting = new();
    private int _isTurnAsked;
    private volatile bool _isClosed;

    /// <summary>Takes a call, from any thread. False: the door is closed, and the call was not taken.</summary>
    public bool TryEnter(PendingCall call)
    {
        if (_isClosed) return false;
        _waiting.Enqueue(call);
        if (Interlocked.Exchange(ref _isTurnAsked, 1) == 0) turns.QueueAction(LetIn);
        // Close may have looked at the queue before this call was in it, and no turn takes calls through a closed door.
        if (_isClosed) RefuseAll();
        return true;
    }

    /// <summary>Refuses the calls that wait, and takes no further ones.</summary>
    public void Close()
    {
        _isClosed = true;
        RefuseAll();
    }

    private void LetIn()
    {
        // Before the queue is emptied, so that a call that comes after the last look at it asks for another turn.
        Interlocked.Exchange(ref _isTurnAsked, 0);
        if (_isClosed) return;
        while (_waiting.TryDequeue(out var call)) takeIn(call);
        startCycles();
    }

    private void RefuseAll()
    {
        while (_waiting.TryDequeue(out var call)) call.End(PoolAnswer.Refused("the pool stops or starts anew; try again", 0));
    }
}
