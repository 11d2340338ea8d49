using System.Collections.Concurrent;
using GpuScheduler.Grains.Messages;

namespace GpuScheduler.Grains.Pools;

/// <summary>The doors of the pools that are active in this process, and the way to a pool for those who may stand beside it.</summary>
public sealed class PoolDoors(TimeProvider clock)
{
    /// <summary>As long as Orleans waits for an answer: a caller must not hang on a pool that does.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, PoolDoor> _open = new(StringComparer.Ordinal);

    /// <summary>Has inputs decided and made durable, through the pool's door if it stands open here, or else by a message to its grain.
    /// </summary>
    /// <exception cref="TimeoutException">There was no answer for 30 s.</exception>
    public Task<PoolAnswer> Apply(string name, IPoolGrain pool, PoolCall call)
    {
        if (!_open.TryGetValue(name, out var door)) return pool.Apply(call);
        var pending = PendingCall.Of(call, clock);
        return door.TryEnter(pending) ? pending.Answer.WaitAsync(LongestWait, clock) : pool.Apply(call);
    }

    internal void Open(string pool, PoolDoor door) => _open[pool] = door;

    /// <summary>Only its own: a pool that became active again may have opened another.</summary>
    internal void Close(string pool, PoolDoor door)
    {
        _open.TryRemove(new(pool, door));
        door.Close();
    }
}
