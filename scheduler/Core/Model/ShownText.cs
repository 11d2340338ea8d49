using System.Text;
using System.Text.RegularExpressions;

namespace GpuScheduler.Core.Model;

/// <summary>Makes text of users safe to print within one line of a terminal.</summary>
public static partial class ShownText
{
    private const int LongestQuote = 80;
    private const int LongestLine = 2000;

    /// <summary>At most so many characters, the last one then <c>…</c>; control characters are shown as <c>?</c>.</summary>
    public static string Of(string text, int longest)
    {
        var cut = text.Length > longest;
        if (!cut && !text.Any(IsHidden)) return text;
        var shown = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var c in text.AsSpan(0, cut ? longest - 1 : text.Length))
            shown.Append(IsHidden(c) ? '?' : c);
        return cut ? shown.Append('…').ToString() : shown.ToString();
    }

    /// <summary>One line of a message that quotes what a user wrote: quotes beyond 200 characters are cut, paths stay whole.</summary>
    public static string OfLine(string line)
    {
        var quoted = Quote().Replace(line, match => $"{match.Value[..LongestQuote]}…'");
        return quoted.Length <= LongestLine ? quoted : quoted[..(LongestLine - 1)] + "…";
    }

    private static bool IsHidden(char c) => char.IsControl(c) || char.IsSurrogate(c);

    [GeneratedRegex("'[^']{200,}'")]
    private static partial Regex Quote();
}
