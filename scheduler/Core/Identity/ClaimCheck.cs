using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Identity;

/// <summary>Bounds of what a worker may claim. What it says of this store moves the store's own numbers, for good: so it may be ahead
/// by what a restored backup can have lost, and by no more.</summary>
internal static class ClaimCheck
{
    /// <summary>Jobs that can have been submitted since the backup was made that the store was restored from.</summary>
    public const long JobsAhead = 1_000_000;

    /// <summary>Losses that can have been survived since then: each is a generation.</summary>
    public const long GenerationsAhead = 1_000;

    /// <summary>More commits than a pool makes in a thousand years at a million a minute.</summary>
    private const long MostCommits = 1_000_000_000_000_000;

    private const int LongestText = 64;

    /// <summary>What can't be true of a claim; empty: all of it may be.</summary>
    /// <param name="claim">What the worker says.</param>
    /// <param name="store">The store that it meets.</param>
    public static IEnumerable<Fault> Faults(StoreClaim claim, StoreStanding store)
    {
        if (!IsText(claim.Id)) yield return new Fault("store.id", Cut(claim.Id), "up to 64 letters and digits");
        if (!IsText(claim.Opening)) yield return new Fault("store.opening", Cut(claim.Opening), "up to 64 letters and digits");
        if (claim.Commit is < 0 or > MostCommits) yield return new Fault("store.commit", $"{claim.Commit}", $"0 to {MostCommits}");
        var own = claim.Id == store.Identity.Id;
        var generation = own ? Above(store.Identity.Generation, GenerationsAhead) : Limits.StoreNumber;
        if (claim.Generation < 0 || claim.Generation > generation)
            yield return new Fault("store.generation", $"{claim.Generation}", Allowed(generation, own, GenerationsAhead));
        var job = own ? Above(store.NextJobNumber - 1, JobsAhead) : Limits.StoreNumber;
        if (claim.JobNumber < 0 || claim.JobNumber > job)
            yield return new Fault("store.job_number", $"{claim.JobNumber}", Allowed(job, own, JobsAhead));
    }

    /// <summary>What follows from the highest claim is a claim that may be made itself.</summary>
    private static long Above(long known, long ahead) => Math.Min(known, Limits.StoreNumber - ahead) + ahead;

    private static string Allowed(long most, bool own, long ahead) => own
        ? $"0 to {most}, {ahead} above what this store knows. Is the worker's --data damaged, or from another pool? Start it with a "
            + "--data of its own"
        : $"0 to {most}";

    private static bool IsText(string text) =>
        text.Length <= LongestText && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static string Cut(string text) => text.Length <= 80 ? text : text[..80];
}
