using System.Globalization;

namespace GpuScheduler.Client.Parsing;

/// <summary>Times that only the client needs, written with a unit: 500ms, 30s, 5m, 2h, 1d.</summary>
internal static class DurationText
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        var unit = text.TrimStart("0123456789.".ToCharArray());
        var figures = text[..^unit.Length];
        duration = default;
        if (!double.TryParse(figures, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            return false;

        if (MillisecondsPer(unit) is not { } factor || amount * factor > TimeSpan.FromDays(365).TotalMilliseconds)
            return false;

        duration = TimeSpan.FromMilliseconds(amount * factor);
        return true;
    }

    private static double? MillisecondsPer(string unit) => unit switch
    {
        "ms" => 1,
        "" or "s" => 1000,
        "m" or "min" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => null,
    };
}
