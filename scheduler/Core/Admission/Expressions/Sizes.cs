using System.Buffers;
using System.Globalization;
using GpuScheduler.Core.Config;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>A number with a unit of memory, as it stands in an expression.</summary>
/// <param name="Mib">Rounded up to whole MiB.</param>
/// <param name="Unit"><c>K</c>, <c>M</c>, <c>G</c> or <c>T</c>, as written.</param>
internal readonly record struct Size(long Mib, char Unit);

/// <summary>Reads sizes. Units count in 1024s whether written <c>G</c>, <c>GB</c> or <c>GiB</c>, as Slurm does.</summary>
internal static class Sizes
{
    private const int LongestNumber = 18;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>Reads <c>16GiB</c>, <c>1.5T</c>, <c>512 M</c>. A number alone takes <paramref name="defaultUnit"/>;
    /// with none it is no size. False also for zero, negative and absurd sizes.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, char? defaultUnit, out Size size)
    {
        size = default;
        text = text.Trim();
        var digits = text.IndexOfAnyExcept(NumberCharacters);
        var number = digits < 0 ? text : text[..digits];
        var unit = digits < 0 ? defaultUnit : Unit(text[digits..].Trim());
        if (unit is null || number.Length > LongestNumber || !StartsAndEndsWithDigit(number)) return false;
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)) return false;
        var mib = Math.Ceiling(unit switch
        {
            'K' => amount / 1024,
            'M' => amount,
            'G' => amount * 1024,
            _ => amount * 1024 * 1024,
        });
        if (mib < 1 || mib > Limits.MemoryMib) return false;
        size = new((long)mib, unit.Value);
        return true;
    }

    private static bool StartsAndEndsWithDigit(ReadOnlySpan<char> number) =>
        number.Length > 0 && char.IsAsciiDigit(number[0]) && char.IsAsciiDigit(number[^1]);

    private static char? Unit(ReadOnlySpan<char> text) => text switch
    {
        [var letter] => Letter(letter),
        [var letter, 'B' or 'b'] => Letter(letter),
        [var letter, 'I' or 'i', 'B' or 'b'] => Letter(letter),
        _ => null,
    };

    private static char? Letter(char c) => char.ToUpperInvariant(c) is var upper and ('K' or 'M' or 'G' or 'T') ? upper : null;
}
