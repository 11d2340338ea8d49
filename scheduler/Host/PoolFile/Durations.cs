using System.Globalization;
using GpuScheduler.Core.Config;

namespace GpuScheduler.Host.PoolFile;

/// <summary>Times as <c>pool.yaml</c> writes them: a whole number and one unit.</summary>
public static class Durations
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>Reads <c>500ms</c>, <c>3s</c>, <c>10m</c>, <c>2h</c>, <c>1d</c>; false for anything else.</summary>
    public static bool TryParse(string text, out TimeSpan span)
    {
        span = default;
        var digits = text.Length - text.TrimStart("0123456789").Length;
        if (!int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        var unit = Units.FirstOrDefault(entry => entry.Unit == text[digits..]);
        // Years of milliseconds fit, millions of years do not.
        if (unit.Unit is null || number > TimeSpan.MaxValue / unit.Length) return false;
        span = number * unit.Length;
        return true;
    }

    /// <summary>The same form, in the largest unit that fits evenly.</summary>
    public static string Format(TimeSpan span) => SpanText.Of(span);
}
