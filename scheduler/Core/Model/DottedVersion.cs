using System.Globalization;

namespace GpuScheduler.Core.Model;

/// <summary>
/// A version of up to three numbers, as drivers and CUDA have them: <c>535.104.05</c>, <c>12.4</c>. Missing numbers are 0.
/// </summary>
/// <param name="Major">0 or more.</param>
/// <param name="Minor">0 or more.</param>
/// <param name="Patch">0 or more.</param>
public readonly record struct DottedVersion(int Major, int Minor = 0, int Patch = 0) : IComparable<DottedVersion>
{
    private const int MostParts = 3;

    /// <summary>False for anything but one to three numbers divided by points.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DottedVersion version)
    {
        version = default;
        Span<int> numbers = stackalloc int[MostParts];
        Span<Range> parts = stackalloc Range[MostParts + 1];
        var count = text.Split(parts, '.');
        if (count > MostParts) return false;
        for (var i = 0; i < count; i++)
        {
            if (!int.TryParse(text[parts[i]], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return false;
        }

        version = new DottedVersion(numbers[0], numbers[1], numbers[2]);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(DottedVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <summary>Without zeros at the end: <c>12.4</c>, <c>535</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Major}{((Minor | Patch) > 0 ? $".{Minor}" : "")}{(Patch > 0 ? $".{Patch}" : "")}");

    /// <summary>Older.</summary>
    public static bool operator <(DottedVersion left, DottedVersion right) => left.CompareTo(right) < 0;

    /// <summary>Newer.</summary>
    public static bool operator >(DottedVersion left, DottedVersion right) => left.CompareTo(right) > 0;

    /// <summary>Older or the same.</summary>
    public static bool operator <=(DottedVersion left, DottedVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Newer or the same.</summary>
    public static bool operator >=(DottedVersion left, DottedVersion right) => left.CompareTo(right) >= 0;
}
