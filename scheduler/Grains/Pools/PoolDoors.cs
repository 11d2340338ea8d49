using System.Collections.Concurrent;
using GpuScheduler.Grains.Messages;

namespace GpuScheduler.Grains.Pools;

/// <summary>The doors of the pools that are active in this process, and the way to any pool: by its door, or else by message.</summary>
public sealed class PoolDoors(TimeProvider clock)
{
    /// <summary>As long as Orleans waits for an answer by default.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, PoolDoor> _open = new(StringComparer.Ordinal);

    /// <summary>Has inputs decided and made durable.</summary>
    /// <exception cref="TimeoutException">There was no answer for 30 s.</exception>
    public Task<PoolAnswer> Apply(IGrainFactory grains, string pool, PoolCall call)
    {
        if (_open.TryGetValue(pool, out var door))
        {
            var pending = PendingCall.Of(call, clock);
            if (door.TryEnter(pending)) return pending.Answer.WaitAsync(LongestWait, clock);
        }

        return grains.GetGrain<IPoolGrain>(pool).Apply(call);
    }

    internal void Open(string pool, PoolDoor door) => _open[pool] = door;

    /// <summary>Removes this door alone: a pool that became active again may have opened another.</summary>
    internal void Close(string pool, PoolDoor door)
    {
        _open.TryRemove(new(pool, door));
        door.Close();
    }
}
