using System.Globalization;
using System.Text.RegularExpressions;

namespace GpuScheduler.Common.Time;

/// <summary>
/// Points in time for people: by the clock of the person who reads, with its difference to UTC, so that they mean the same wherever the
/// text is read, and <c>--deadline</c> reads them. In UTC the difference is <c>Z</c>.
/// </summary>
internal static partial class MomentText
{
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss";
    private const string Minutes = "yyyy-MM-dd'T'HH:mm";

    /// <summary>Such as <c>2026-01-05T10:00:00+01:00</c>.</summary>
    public static string Of(DateTimeOffset moment, TimeZoneInfo zone) => Of(moment, zone, Seconds);

    /// <summary>The same sentence with its moments by another clock: the scheduler writes them in UTC, <c>2026-01-05 09:00:00Z</c>.
    /// </summary>
    public static string Within(string text, TimeZoneInfo zone) => !text.Contains('Z')
        ? text
        : Written().Replace(text, found => DateTimeOffset.TryParse(
            found.ValueSpan, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? Of(moment, zone, found.Groups["seconds"].Success ? Seconds : Minutes)
            : found.Value);

    private static string Of(DateTimeOffset moment, TimeZoneInfo zone, string form)
    {
        var shown = TimeZoneInfo.ConvertTime(moment, zone);
        return shown.ToString(shown.Offset == TimeSpan.Zero ? form + "'Z'" : form + "zzz", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\b[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?<seconds>:[0-9]{2})?Z\b", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
