using GpuScheduler.Grains.Messages;
using Orleans.Concurrency;

namespace GpuScheduler.Grains.Pools;

/// <summary>Hears of every change of a pool.</summary>
[Alias("gpusched.IPoolWatcher")]
public interface IPoolWatcher : IGrainObserver
{
    /// <summary>Something changed. Must return at once: the pool waits for no watcher.</summary>
    [OneWay, Alias("Changed")]
    Task Changed(PoolChange change);
}
