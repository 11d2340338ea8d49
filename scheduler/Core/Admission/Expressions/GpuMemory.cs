using System.Globalization;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>
/// Memory per card: <c>24GB</c>, <c>24GB..48GB</c>, <c>24GB..</c>, <c>..16GB</c>. Sizes in GB and TB name what is printed on the box:
/// a card that reports up to 8 % less (ECC and firmware take their share) still counts. Sizes in MiB are meant to the letter.
/// </summary>
/// <param name="MinMib">Least; 0: any.</param>
/// <param name="MaxMib">Most; null: no bound.</param>
internal readonly record struct GpuMemory(long MinMib, long? MaxMib)
{
    private const string Range = "..";

    /// <summary>Cards reserve at most a sixteenth for ECC and a little for firmware.</summary>
    private const int PercentOfBox = 92;

    /// <summary>True for a word that is meant as memory, even if it is wrong.</summary>
    public static bool IsMeant(string word) => word.Contains(Range, StringComparison.Ordinal)
        || (word[0] is '-' or '+' or '.' || char.IsAsciiDigit(word[0]))
        && char.ToUpperInvariant(word[^1]) is 'B' or 'G' or 'T' or 'M' or 'K';

    /// <summary>Reads a size or range; null, or what would have been accepted.</summary>
    public static string? Read(string word, out GpuMemory memory)
    {
        const string Allowed = "memory per card is a size above 0 or a range, such as 24GB, 24GB..48GB, 24GB.. or ..16GB";
        memory = default;
        var dots = word.IndexOf(Range, StringComparison.Ordinal);
        var (low, high) = dots < 0 ? (word, word) : (word[..dots].Trim(), word[(dots + 2)..].Trim());
        if (low.Length + high.Length == 0) return Allowed;
        Size least = default, most = default;
        if (high.Length > 0 && !Sizes.TryRead(high, null, out most)) return Allowed;
        if (low.Length > 0 && !Sizes.TryRead(low, high.Length > 0 ? most.Unit : null, out least)) return Allowed;
        if (high.Length > 0 && least.Mib > most.Mib)
            return $"'{word}' is no range of sizes: the first not above the second, such as 24GB..48GB";
        memory = new(AtLeast(least), high.Length > 0 ? most.Mib : null);
        return null;
    }

    /// <summary>To the letter, in MiB; empty for any.</summary>
    public string Format() => this is (0, null) ? "" : string.Create(
        CultureInfo.InvariantCulture, $"{(MinMib > 0 ? $"{MinMib}MiB" : "")}..{(MaxMib is { } most ? $"{most}MiB" : "")}");

    /// <summary>MiB of a card with so many GB on its box.</summary>
    public static long LeastOf(int gigabytes) => gigabytes * 1024L * PercentOfBox / 100;

    private static long AtLeast(Size size) => size.Unit is 'K' or 'M' ? size.Mib : size.Mib * PercentOfBox / 100;
}
