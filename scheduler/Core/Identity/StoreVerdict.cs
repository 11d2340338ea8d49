namespace GpuScheduler.Core.Identity;

/// <summary>Whose the folder is that a worker serves.</summary>
public abstract record StoreVerdict
{
    private StoreVerdict()
    {
    }

    /// <summary>This store's: what the worker holds is this store's work.</summary>
    public sealed record Ours : StoreVerdict;

    /// <summary>Another store's, or another generation's: the worker must change its folder before it joins.</summary>
    public sealed record Stranger : StoreVerdict;

    /// <summary>This store's, of a time that the store has lost: it begins a new generation, and the worker another folder.</summary>
    /// <param name="Generation">Above every one that was heard of.</param>
    /// <param name="NextJobNumber">Above every number that may have been given.</param>
    public sealed record Restored(long Generation, long NextJobNumber) : StoreVerdict;
}
