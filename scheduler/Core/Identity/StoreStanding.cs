using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Identity;

/// <summary>What a store knows of itself when a worker comes.</summary>
/// <param name="Identity">Its id and generation.</param>
/// <param name="Openings">Every time it was opened, oldest first; empty where that is not kept.</param>
/// <param name="Commit">The number of its last commit.</param>
/// <param name="NextJobNumber">Never used before.</param>
/// <param name="TakesOldFolders">It worked before stores had identities: folders that name none are its own.</param>
public sealed record StoreStanding(
    StoreIdentity Identity, IReadOnlyList<OpeningMark> Openings, long Commit, long NextJobNumber, bool TakesOldFolders);
