using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Pools;
using GpuScheduler.Host.Pools;

namespace GpuScheduler.Host.Watching;

/// <summary>
/// Hears of the pool's changes once and hands them to every watcher of this process. A watcher that can't keep up, and each of them
/// when a change was missed, is told to look anew; nothing piles up. While there are no watchers here, it lets the pool forget it: what
/// is published costs each cycle.
/// </summary>
public sealed class PoolFeed(IGrainFactory grains, PoolClient pool, TimeProvider clock, ILogger<PoolFeed> logger)
    : BackgroundService, IPoolWatcher
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly HashSet<FeedSubscription> _subscriptions = [];
    private IPoolWatcher? _self;
    private long? _renewedAt;
    private PoolMark _newest = new(0, 0);

    /// <summary>Changes from now on.</summary>
    public async Task<FeedSubscription> Subscribe()
    {
        var subscription = new FeedSubscription(Leave);
        bool isKnown;
        lock (_lock)
        {
            _subscriptions.Add(subscription);
            // Well within what the pool remembers. Not each time: asking may tell everybody to look anew.
            isKnown = _renewedAt is { } at && clock.GetElapsedTime(at) < 3 * RenewEvery;
        }

        try
        {
            if (!isKnown) await Renew();
            return subscription;
        }
        catch
        {
            subscription.Dispose();
            throw;
        }
    }

    public Task Changed(PoolChange change)
    {
        lock (_lock)
        {
            var missed = change.Epoch != _newest.Epoch || change.Sequence != _newest.Sequence + 1;
            _newest = new PoolMark(change.Epoch, change.Sequence);
            foreach (var subscription in _subscriptions) subscription.Add(change, missed);
        }

        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RenewEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (IsWatched()) await Renew();
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                WatchingLog.RenewFailed(logger, failure);
            }
        }
    }

    private bool IsWatched()
    {
        lock (_lock)
        {
            return _subscriptions.Count > 0;
        }
    }

    private async Task Renew()
    {
        IPoolWatcher self;
        lock (_lock)
        {
            self = _self ??= grains.CreateObjectReference<IPoolWatcher>(this);
        }

        Renewed(await pool.Pool.Watch(self));
    }

    /// <summary>A pool that started anew counts anew, and may have published while there were no watchers.</summary>
    private void Renewed(PoolMark mark)
    {
        lock (_lock)
        {
            _renewedAt = clock.GetTimestamp();
            if (mark.Epoch == _newest.Epoch && mark.Sequence <= _newest.Sequence) return;
            _newest = mark;
            foreach (var subscription in _subscriptions) subscription.LookAnew();
        }
    }

    private void Leave(FeedSubscription subscription)
    {
        lock (_lock)
        {
            _subscriptions.Remove(subscription);
        }
    }
}
