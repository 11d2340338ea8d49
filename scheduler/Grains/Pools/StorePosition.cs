using GpuScheduler.Core.Storage;

namespace GpuScheduler.Grains.Pools;

/// <summary>
/// How far the store of the pool that this process serves is durable: what workers are told with each message, so that they can say
/// later what they had heard. It is behind the store by no more than a commit that no caller was answered for.
/// </summary>
public sealed class StorePosition
{
    private volatile Position _now = new(StoreIdentity.None, "", 0, false);

    /// <summary>Read on any thread.</summary>
    public Position Now => _now;

    internal void Opened(StoredPool stored) => _now = new(
        stored.Identity, stored.Openings.Count > 0 ? stored.Openings[^1].Mark : "", stored.Commit, stored.HasLegacyWorkers);

    internal void Committed(long number) => _now = _now with { Commit = number };

    /// <summary>A point in a store's life.</summary>
    /// <param name="Identity">Which store.</param>
    /// <param name="Opening">Mark of this process's opening.</param>
    /// <param name="Commit">The last one.</param>
    /// <param name="TakesOldFolders">Workers' folders that name no store are this one's.</param>
    public sealed record Position(StoreIdentity Identity, string Opening, long Commit, bool TakesOldFolders);
}
