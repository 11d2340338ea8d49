using System.Globalization;

namespace GpuScheduler.Worker.Inventory;

/// <summary>Amounts of memory as people write them, in whole MiB.</summary>
internal static class MemorySize
{
    public const string Allowed = "a number with the unit MiB, GiB or TiB, such as 512MiB, 80GiB or 1.5TiB";

    /// <summary>More than any machine has; keeps sums of them far from overflow.</summary>
    private const long LargestMib = 1L << 40;

    private static readonly (string Unit, long Mib)[] Units = [("MiB", 1), ("GiB", 1024), ("TiB", 1024 * 1024)];

    /// <returns>Null for anything else than an amount of at least one MiB.</returns>
    public static long? ParseMib(string text)
    {
        foreach (var (unit, mib) in Units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && decimal.TryParse(
                    text.AsSpan(0, text.Length - unit.Length).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                    out var number)
                && number < LargestMib && number * mib is >= 1 and <= LargestMib)
                return (long)(number * mib);
        }

        return null;
    }
}
