using System.Globalization;
using GpuScheduler.Core.Admission.Expressions;

namespace GpuScheduler.Core.Engine.Rehearsing;

/// <summary>Sizes of cards' memory as a person would write them.</summary>
internal static class SizeWords
{
    /// <summary>A card reports a little less than the size on its box: up to this many thousandths it goes by that.</summary>
    private const int Permille = 30;

    /// <summary>Such as <c>80GiB</c>, <c>80GB</c> or <c>1500MiB</c>.</summary>
    /// <param name="mib">The size.</param>
    /// <param name="isLeast">It is the least of a range: read again it may be laxer.</param>
    public static string Of(long mib, bool isLeast)
    {
        if (mib % 1024 == 0) return string.Create(CultureInfo.InvariantCulture, $"{mib / 1024}GiB");
        if (isLeast && Box(mib) is { } gigabytes) return string.Create(CultureInfo.InvariantCulture, $"{gigabytes}GB");
        return string.Create(CultureInfo.InvariantCulture, $"{mib}MiB");
    }

    /// <summary>What was read from so many GB, else what a card of so many reports; null: neither.</summary>
    private static long? Box(long mib)
    {
        if (mib is < 1024 or > 1 << 30) return null;
        var asked = (mib * 100 / 92 / 1024) + 1;
        for (var gigabytes = asked; gigabytes >= Math.Max(1, asked - 1); gigabytes--)
        {
            if (GpuMemory.LeastOf((int)gigabytes) == mib) return gigabytes;
        }

        var whole = (mib + 1023) / 1024;
        return ((whole * 1024) - mib) * 1000 <= Permille * mib ? whole : null;
    }
}
