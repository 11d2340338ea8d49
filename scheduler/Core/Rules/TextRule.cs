using GpuScheduler.Core.Admission;

namespace GpuScheduler.Core.Rules;

/// <summary>Bounds words and names.</summary>
internal static class TextRule
{
    /// <summary>What a decoder writes in place of bytes that are no UTF-8.</summary>
    private const char Undecodable = '\uFFFD';

    /// <summary>A name as systems use it: no blanks, no control characters, every byte of it known.</summary>
    public static bool IsPlain(string text) => !Has(text, c => char.IsControl(c) || char.IsWhiteSpace(c) || IsBroken(c));

    /// <summary>Text on one line, every byte of it known.</summary>
    public static bool IsLine(string text) => !Has(text, c => char.IsControl(c) || IsBroken(c));

    /// <summary>A name of this length at most; may be empty.</summary>
    public static void Name(string text, string field, int longest, FaultList faults) => faults.Require(
        text.Length <= longest && IsPlain(text), field, text, $"at most {longest} characters, without blanks and control characters");

    /// <summary>Free text of this length at most; may be empty.</summary>
    public static void Words(string text, string field, int longest, FaultList faults) =>
        faults.Require(text.Length <= longest && !text.Contains('\0'), field, text, $"at most {longest} characters, without NUL");

    /// <summary>Without an enumerator: names are checked a dozen times a submission.</summary>
    private static bool Has(string text, Func<char, bool> isOdd)
    {
        foreach (var c in text)
        {
            if (isOdd(c)) return true;
        }

        return false;
    }

    /// <summary>Half a pair is no character, either.</summary>
    private static bool IsBroken(char c) => c == Undecodable;
}
