using System.Globalization;

namespace GpuScheduler.Worker.CommandLine;

/// <summary>How long to keep something: a whole number of days, hours, minutes or seconds.</summary>
internal static class KeepTime
{
    public const string Allowed = "a whole number and d, h, m or s, such as 7d or 12h";

    /// <summary>A hundred years: more is a slip of the keyboard.</summary>
    private const int Longest = 36_500;

    /// <returns>Null for anything else than that.</returns>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length < 2
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        TimeSpan? span = text[^1] switch
        {
            'd' => TimeSpan.FromDays(Math.Min(number, Longest + 1)),
            'h' => TimeSpan.FromHours(number),
            'm' => TimeSpan.FromMinutes(number),
            's' => TimeSpan.FromSeconds(number),
            _ => null,
        };
        return span <= TimeSpan.FromDays(Longest) ? span : null;
    }
}
