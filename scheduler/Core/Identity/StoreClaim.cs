namespace GpuScheduler.Core.Identity;

/// <summary>What a worker says of the store whose folder it serves.</summary>
/// <param name="Id">The store's; empty: it has served none that it can name.</param>
/// <param name="Generation">The store's when the folder was made.</param>
/// <param name="Opening">Mark of the opening under which it heard of the store last.</param>
/// <param name="Commit">The latest commit that it heard of under that opening.</param>
/// <param name="JobNumber">The highest that it was ever given; 0: none.</param>
public sealed record StoreClaim(string Id, long Generation, string Opening, long Commit, long JobNumber)
{
    /// <summary>Of a worker that is new, or whose folder is older than stores' identities.</summary>
    public static StoreClaim None { get; } = new("", 0, "", 0, 0);

    /// <summary>True when it names no store.</summary>
    public bool IsNone => Id.Length == 0;
}
