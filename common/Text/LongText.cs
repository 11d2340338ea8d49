using System.Text.RegularExpressions;

namespace GpuScheduler.Common.Text;

/// <summary>Cuts what a user wrote where it is quoted at great length: a message is there to be read.</summary>
internal static partial class LongText
{
    private const int LongestQuote = 80;
    private const int LongestLine = 2000;

    /// <summary>One line of a message. Paths and the like stay whole: only quotes beyond 200 characters are cut.</summary>
    public static string Cut(string line)
    {
        var quoted = Quote().Replace(line, match => $"{match.Value[..LongestQuote]}…'");
        return quoted.Length <= LongestLine ? quoted : quoted[..(LongestLine - 1)] + "…";
    }

    [GeneratedRegex("'[^']{200,}'")]
    private static partial Regex Quote();
}
