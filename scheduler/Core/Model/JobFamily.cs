using System.Globalization;

namespace GpuScheduler.Core.Model;

/// <summary>Jobs that are expected to behave alike: one user's, of one project, with one name; all elements of an array are of one family.
/// Jobs without a name go by their command, so that two different ones don't teach each other.</summary>
/// <param name="User">Who submits them.</param>
/// <param name="Project">May be empty.</param>
/// <param name="Name">The job's name; without one the program's, and a number that stands for the whole command.</param>
public readonly record struct JobFamily(string User, string Project, string Name)
{
    private const ulong FnvStart = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;
    private const int Digits = 16;

    /// <summary>Of a script its beginning tells scripts apart; reading megabytes would not.</summary>
    private const int ScriptCharacters = 4096;

    /// <summary>The family of a job.</summary>
    public static JobFamily Of(JobSpec spec) => new(
        spec.Draft.User, spec.Draft.Project, spec.Draft.Name.Trim().Length > 0 ? spec.Name : $"{spec.Name} #{Number(spec.Draft)}");

    /// <summary>True for a job of this family of which earlier runs tell how long it takes, as it has no time limit.</summary>
    internal bool Teaches(JobSpec spec) => spec.TimeLimit is null && Has(spec);

    /// <summary>True for a job of this family; asked of hundreds at once, so it names no family to compare.</summary>
    internal bool Has(JobSpec spec)
    {
        if (!string.Equals(User, spec.Draft.User, StringComparison.Ordinal)) return false;
        if (!string.Equals(Project, spec.Draft.Project, StringComparison.Ordinal)) return false;
        if (spec.Draft.Name.AsSpan().Trim().Length > 0) return string.Equals(Name, spec.Name, StringComparison.Ordinal);
        Span<char> suffix = stackalloc char[2 + Digits];
        " #".CopyTo(suffix);
        Hash(spec.Draft).TryFormat(suffix[2..], out _, "x16", CultureInfo.InvariantCulture);
        return Name.Length == spec.Name.Length + suffix.Length && Name.StartsWith(spec.Name, StringComparison.Ordinal)
            && Name.AsSpan().EndsWith(suffix);
    }

    private static string Number(JobDraft draft) => Hash(draft).ToString("x16", CultureInfo.InvariantCulture);

    private static ulong Hash(JobDraft draft)
    {
        var hash = FnvStart;
        foreach (var word in draft.Command) hash = Add(Add(hash, word), "\0");
        if (draft.KeptScript is { } kept) return Add(hash, kept.Hash);
        hash = Add(hash, draft.Script.AsSpan(0, Math.Min(ScriptCharacters, draft.Script.Length)));
        return hash ^ (ulong)draft.Script.Length;
    }

    /// <summary>The hash counts modulo 2^64.</summary>
    private static ulong Add(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (var letter in text) hash = unchecked((hash ^ letter) * FnvPrime);
        return hash;
    }
}
