using System.Text.RegularExpressions;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>Forms that people write and this grammar doesn't have: tells the one that says the same.</summary>
internal static partial class GpuHints
{
    private const int LongestGuess = 40;

    /// <summary>The right form of a word that was refused; null where it can't be guessed.</summary>
    public static string? For(string word, KnownModels models) =>
        word.Length > LongestGuess ? null : Count(word, models) ?? Size(word);

    private static string? Count(string word, KnownModels models)
    {
        if (CountLast().Match(word) is { Success: true } last && Form(last, models) is { } form) return form;
        return CountFirst().Match(word) is { Success: true } first ? Form(first, models) : null;
    }

    private static string? Form(Match match, KnownModels models)
    {
        if (!CountedModel.IsCount(match.Groups["count"].Value, out var count)) return null;
        var what = match.Groups["what"].Value;
        if (models.Resolve(what) is not null) return $"{what}:{count}";
        return Sizes.TryRead(what, null, out _) ? $"{what}..:{count}" : null;
    }

    private static string? Size(string word)
    {
        var match = Bound().Match(word);
        if (!match.Success || !Sizes.TryRead(match.Groups["size"].Value, null, out _)) return null;
        var size = match.Groups["size"].Value;
        return match.Groups["sign"].Value.StartsWith('<') ? $"..{size}" : $"{size}..";
    }

    /// <summary><c>a100*2</c>, <c>a100x2</c>, <c>a100 2</c>, <c>a100=2</c>.</summary>
    [GeneratedRegex(@"^(?<what>\S+?)\s*(?:[*x×=]|\s)\s*(?<count>\d{1,2})$", RegexOptions.IgnoreCase)]
    private static partial Regex CountLast();

    /// <summary><c>2 a100</c>, <c>2*a100</c>, <c>2x24GB</c>.</summary>
    [GeneratedRegex(@"^(?<count>\d{1,2})\s*(?:[*x×]|\s)\s*(?<what>\S+)$", RegexOptions.IgnoreCase)]
    private static partial Regex CountFirst();

    /// <summary><c>24gb+</c>, <c>>=24GB</c>, <c>vram>=24GB</c>, <c>&lt;16GB</c>.</summary>
    [GeneratedRegex(
        @"^(?:v?(?:ram|mem|memory)\s*)?(?<sign>[<>]=?)\s*(?<size>\d[\w.]*)$|^(?<size>\d[\w.]*)\s*(?<sign>\+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Bound();
}
