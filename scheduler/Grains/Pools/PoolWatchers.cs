using GpuScheduler.Grains.Messages;

namespace GpuScheduler.Grains.Pools;

/// <summary>Who hears of a pool's changes. One that doesn't renew its wish is forgotten: its process may be gone.</summary>
internal sealed class PoolWatchers(TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private readonly Dictionary<IPoolWatcher, long> _renewedAt = [];

    /// <summary>Number of the newest change.</summary>
    public long Sequence { get; private set; }

    public bool Any => _renewedAt.Count > 0;

    public void Renew(IPoolWatcher watcher) => _renewedAt[watcher] = clock.GetTimestamp();

    public void Remove(IPoolWatcher watcher) => _renewedAt.Remove(watcher);

    /// <summary>Tells all of them; waits for none.</summary>
    public async Task Publish(Func<long, PoolChange> change)
    {
        var published = change(++Sequence);
        foreach (var watcher in
            _renewedAt.Where(entry => clock.GetElapsedTime(entry.Value) > Remembered).Select(entry => entry.Key).ToList())
            _renewedAt.Remove(watcher);
        foreach (var watcher in _renewedAt.Keys.ToList()) await watcher.Changed(published);
    }
}
