using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Identity;

/// <summary>Bounds of what a worker may claim: numbers that follow from it must still have room to grow.</summary>
internal static class ClaimCheck
{
    /// <summary>More jobs and commits than a pool makes in a thousand years at a million a minute.</summary>
    private const long MostCounted = 1_000_000_000_000_000;

    private const long MostGenerations = 1_000_000_000;
    private const int LongestText = 64;

    public static IEnumerable<Fault> Faults(StoreClaim claim)
    {
        if (!IsText(claim.Id)) yield return new Fault("store.id", Cut(claim.Id), "up to 64 letters and digits");
        if (!IsText(claim.Opening)) yield return new Fault("store.opening", Cut(claim.Opening), "up to 64 letters and digits");
        if (claim.Generation is < 0 or > MostGenerations)
            yield return new Fault("store.generation", $"{claim.Generation}", $"0 to {MostGenerations}");
        if (claim.Commit is < 0 or > MostCounted) yield return new Fault("store.commit", $"{claim.Commit}", $"0 to {MostCounted}");
        if (claim.JobNumber is < 0 or > MostCounted)
            yield return new Fault("store.job_number", $"{claim.JobNumber}", $"0 to {MostCounted}");
    }

    private static bool IsText(string text) =>
        text.Length <= LongestText && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static string Cut(string text) => text.Length <= 80 ? text : text[..80];
}
