namespace GpuScheduler.Core.Identity;

/// <summary>Judges a worker's claim. A wrong "ours" would take old results for new ones, so doubt means a folder of its own.</summary>
public static class StoreMeeting
{
    /// <summary>Whose the worker's folder is.</summary>
    /// <param name="store">The store that the worker meets.</param>
    /// <param name="claim">What the worker says.</param>
    /// <param name="holds">It holds attempts, or ends that it has still to report.</param>
    public static StoreVerdict Judge(StoreStanding store, StoreClaim claim, bool holds)
    {
        if (claim.IsNone) return store.TakesOldFolders || !holds ? new StoreVerdict.Ours() : new StoreVerdict.Stranger();
        if (claim.Id != store.Identity.Id) return new StoreVerdict.Stranger();
        var own = store.Identity.Generation;
        if (claim.Generation > own) return Restored(store, claim);
        if (claim.Generation < own) return new StoreVerdict.Stranger();
        return Remembers(store, claim) ? new StoreVerdict.Ours() : Restored(store, claim);
    }

    /// <summary>The claim has been checked: it names nothing that has no room above it.</summary>
    private static StoreVerdict.Restored Restored(StoreStanding store, StoreClaim claim) => new(
        checked(Math.Max(store.Identity.Generation, claim.Generation) + 1), Math.Max(store.NextJobNumber, checked(claim.JobNumber + 1)));

    /// <summary>The store still has all that the worker heard of it.</summary>
    private static bool Remembers(StoreStanding store, StoreClaim claim) =>
        claim.JobNumber < store.NextJobNumber && claim.Commit <= LastCommitOf(store, claim.Opening);

    /// <summary>The last commit under an opening; -1 for an opening that the store doesn't remember.</summary>
    private static long LastCommitOf(StoreStanding store, string mark)
    {
        if (store.Openings.Count == 0 || mark.Length == 0) return store.Commit;
        for (var i = store.Openings.Count - 1; i >= 0; i--)
        {
            if (store.Openings[i].Mark != mark) continue;
            return i + 1 < store.Openings.Count ? store.Openings[i + 1].FirstCommit - 1 : store.Commit;
        }

        return -1;
    }
}
