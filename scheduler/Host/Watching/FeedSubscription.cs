using System.Threading.Channels;
using GpuScheduler.Grains.Messages;

namespace GpuScheduler.Host.Watching;

/// <summary>
/// One watcher's share of a <see cref="PoolFeed"/>: a bounded queue of changes and, when that overflows, a note to look anew.
/// </summary>
public sealed class FeedSubscription(Action<FeedSubscription> leave) : IDisposable
{
    /// <summary>Changes kept for a slow watcher; each holds what one cycle changed.</summary>
    private const int Capacity = 64;

    private readonly Channel<PoolChange> _changes =
        Channel.CreateBounded<PoolChange>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });

    private volatile bool _missed;

    /// <summary>Changes were dropped: what is queued does not tell all.</summary>
    public bool Missed => _missed;

    /// <summary>Ends when something changed; false never comes, cancelling throws.</summary>
    public async Task<bool> Wait(CancellationToken cancellationToken) => await _changes.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>The next queued change, if any.</summary>
    public bool TryTake(out PoolChange? change) => _changes.Reader.TryRead(out change);

    /// <summary>Drops what is queued, before looking at the pool anew.</summary>
    public void Forget()
    {
        _missed = false;
        while (_changes.Reader.TryRead(out _))
        {
            // What is dropped here is older than what the caller will see when it looks.
        }
    }

    public void Dispose() => leave(this);

    internal void Add(PoolChange change, bool missed)
    {
        if (missed || _changes.Reader.Count >= Capacity) _missed = true;
        _changes.Writer.TryWrite(change);
    }

    /// <summary>Wakes the watcher although there is no change to hand over.</summary>
    internal void LookAnew()
    {
        _missed = true;
        _changes.Writer.TryWrite(new PoolChange(0, 0, [], true));
    }
}
