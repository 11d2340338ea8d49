using System.Globalization;

namespace Grpc.Core.Wire;

/// <summary>The grpc-timeout header: at most eight digits and a unit.</summary>
internal static class WireTimeout
{
    private const long MaxValue = 99_999_999;

    /// <summary>The smallest unit that holds the time in eight digits, rounded up so that no call ends early by rounding.</summary>
    public static string Encode(TimeSpan timeout)
    {
        var ticks = Math.Max(timeout.Ticks, 1);
        foreach (var (unit, ticksPerUnit) in Units)
        {
            var value = (ticks - 1) / ticksPerUnit + 1;
            if (value <= MaxValue)
                return string.Create(CultureInfo.InvariantCulture, $"{value}{unit}");
        }

        return $"{MaxValue}H";
    }

    public static bool TryDecode(string text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > 9
            || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return false;
        if (text[^1] == 'n')
        {
            timeout = TimeSpan.FromTicks(value / TimeSpan.NanosecondsPerTick);
            return true;
        }

        var ticks = Array.Find(Units, unit => unit.Unit == text[^1]).Ticks;
        timeout = TimeSpan.FromTicks(value * ticks);
        return ticks > 0;
    }

    private static readonly (char Unit, long Ticks)[] Units =
    [
        ('u', TimeSpan.TicksPerMicrosecond),
        ('m', TimeSpan.TicksPerMillisecond),
        ('S', TimeSpan.TicksPerSecond),
        ('M', TimeSpan.TicksPerMinute),
        ('H', TimeSpan.TicksPerHour),
    ];
}
