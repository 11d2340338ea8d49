namespace GpuScheduler.Core.Storage;

/// <summary>
/// Which store this is, and which of its lives. Workers keep what they hold under both, so that job 7 of another store, or of
/// this one before a backup was put back, is never taken for job 7 of now.
/// </summary>
/// <param name="Id">Random, made with the store and never changed: 32 hexadecimal digits.</param>
/// <param name="Generation">1 at first; raised when the store lost commits that were acknowledged, as after a restore.</param>
public sealed record StoreIdentity(string Id, long Generation)
{
    /// <summary>Of a pool that is kept in no store.</summary>
    public static StoreIdentity None { get; } = new("", 1);
}
