using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>Host memory: <c>16GiB</c>, <c>16G</c>, <c>512M</c>, <c>1.5TiB</c>; a number alone is MiB, as in Slurm.</summary>
public static class MemorySize
{
    private const string Allowed = "a size above 0 and up to 1024T, such as 16G, 512M, 1.5TiB or 16384 (MiB)";

    /// <summary>Reads a size into MiB, rounded up.</summary>
    public static bool TryParse(string text, string field, out long mib, [NotNullWhen(false)] out Fault? fault)
    {
        var read = Sizes.TryRead(text, 'M', out var size);
        mib = size.Mib;
        fault = read ? null : FaultText.Of(field, text, Allowed);
        return read;
    }

    /// <summary>In the largest unit that keeps it whole: <c>16G</c>, <c>1536M</c>.</summary>
    public static string Format(long mib) => mib switch
    {
        _ when mib % (1024 * 1024) == 0 => string.Create(CultureInfo.InvariantCulture, $"{mib / (1024 * 1024)}T"),
        _ when mib % 1024 == 0 => string.Create(CultureInfo.InvariantCulture, $"{mib / 1024}G"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{mib}M"),
    };
}
