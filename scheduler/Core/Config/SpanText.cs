using System.Globalization;

namespace GpuScheduler.Core.Config;

/// <summary>Spans of time as people write them: a whole number and the largest unit that fits evenly, such as <c>24h</c>.</summary>
public static class SpanText
{
    private static readonly (string Unit, TimeSpan Length)[] s_units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>Below a millisecond nothing is told.</summary>
    public static string Of(TimeSpan span)
    {
        var (unit, length) = s_units.LastOrDefault(entry => span.Ticks % entry.Length.Ticks == 0, s_units[0]);
        return span == TimeSpan.Zero ? "0s" : string.Create(CultureInfo.InvariantCulture, $"{span.Ticks / length.Ticks}{unit}");
    }
}
