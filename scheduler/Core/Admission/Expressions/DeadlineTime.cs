using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using GpuScheduler.Core.Calendars;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>Slurm's forms of a moment: <c>now+2hours</c> (also <c>2h</c>), <c>18:00</c>, <c>0105</c>, <c>01/05-18:00</c>,
/// <c>2026-01-05T18:00</c>, <c>noon</c>, <c>tomorrow</c>; ISO times may say their offset. A time of day, or a day without a year, is
/// the next one.</summary>
public static class DeadlineTime
{
    private const string Allowed =
        "a time to come, at most 3650 days ahead: now+COUNT[minutes|hours|days|weeks] or 30s, 5m, 2h, 1d, HH:MM[:SS] [AM|PM], "
            + "MMDD[YY], MM/DD[/YY][-HH:MM[:SS]], YYYY-MM-DD[THH:MM[:SS]], noon, midnight, tomorrow";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(Limits.DaysAhead);

    private const int LongestWithoutLeapYear = 8;

    private static readonly string[] WithOffset = ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz"];

    private static readonly string[] WithYear =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "MMddyy", "MM/dd/yy", "MM.dd.yy", "MM/dd/yy-HH:mm",
        "MM/dd/yy-HH:mm:ss",
    ];

    private static readonly string[] WithoutYear = ["yyyy:MMdd", "yyyy:MM/dd", "yyyy:MM.dd", "yyyy:MM/dd-HH:mm", "yyyy:MM/dd-HH:mm:ss"];

    private static readonly string[] Clocks =
    [
        "H:mm", "HH:mm", "H:mm:ss", "HH:mm:ss", "h:mm tt", "h:mmtt", "hh:mm tt", "hh:mmtt", "h:mm:ss tt", "hh:mm:ss tt",
    ];

    private static readonly Dictionary<string, int> Hours = new(StringComparer.OrdinalIgnoreCase)
    {
        ["midnight"] = 0, ["elevenses"] = 11, ["noon"] = 12, ["fika"] = 15, ["teatime"] = 16,
    };

    /// <summary>Reads a moment.</summary>
    /// <param name="text">The user's words.</param>
    /// <param name="field">Named in the fault.</param>
    /// <param name="now">The present; what is read lies behind it.</param>
    /// <param name="clock">The user's.</param>
    /// <param name="time">In UTC.</param>
    /// <param name="fault">Null when it was read.</param>
    public static bool TryParse(
        string text, string field, DateTimeOffset now, LocalClock clock, out DateTimeOffset time, [NotNullWhen(false)] out Fault? fault)
    {
        var read = Read(text.Trim(), now, clock);
        time = (read ?? default).ToUniversalTime();
        fault = read > now && read - now <= Longest ? null : FaultText.Of(field, text, Allowed);
        return fault is null;
    }

    private static DateTimeOffset? Read(string text, DateTimeOffset now, LocalClock clock)
    {
        var today = clock.Show(now).DateTime.Date;
        if (text.StartsWith("now", StringComparison.OrdinalIgnoreCase)) return now + Span(text[3..]);
        if (IsSpan(text) && Span($"+{text}") is { } span) return now + span;
        if (text.Equals("tomorrow", StringComparison.OrdinalIgnoreCase)) return clock.Moment(today.AddDays(1));
        if (Hours.TryGetValue(text, out var hour)) return Next(today.AddHours(hour), now, clock);
        if (TimeOnly.TryParseExact(text, Clocks, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return Next(today + time.ToTimeSpan(), now, clock);
        var zoned = text.EndsWith('Z') ? text[..^1] + "+00:00" : text;
        if (DateTimeOffset.TryParseExact(zoned, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out var absolute))
            return absolute;
        return Day(text, WithYear, clock) ?? DayToCome(text, today.Year, now, clock);
    }

    /// <summary><c>30s</c>, <c>2h</c>: digits, then letters.</summary>
    private static bool IsSpan(string text) => text.Length > 1 && char.IsAsciiDigit(text[0]) && char.IsAsciiLetter(text[^1]);

    /// <summary>A day without a year is the next one of that name; for 29 February that may be eight years ahead.</summary>
    private static DateTimeOffset? DayToCome(string text, int year, DateTimeOffset now, LocalClock clock)
    {
        for (var ahead = 0; ahead <= LongestWithoutLeapYear; ahead++)
        {
            if (Day($"{year + ahead}:{text}", WithoutYear, clock) is { } day && day > now) return day;
        }

        return null;
    }

    private static DateTimeOffset? Day(string text, string[] forms, LocalClock clock) =>
        DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? clock.Moment(day) : null;

    private static DateTimeOffset Next(DateTime shown, DateTimeOffset now, LocalClock clock) =>
        clock.Moment(shown) is var moment && moment > now ? moment : clock.Moment(shown.AddDays(1));

    /// <summary><c>+COUNT[unit]</c>; a unit may be cut short, as <c>min</c> or <c>h</c>.</summary>
    private static TimeSpan? Span(string text)
    {
        if (!text.StartsWith('+')) return null;
        var digits = text.AsSpan(1).IndexOfAnyExceptInRange('0', '9');
        var (count, unit) = digits < 0 ? (text[1..], "seconds") : (text[1..(digits + 1)], text[(digits + 1)..].Trim());
        if (count.Length is 0 or > 9) return null;
        // In doubles, which don't overflow: whatever is too far is refused in a moment.
        return Unit(unit) is { } one
            ? TimeSpan.FromSeconds(Math.Min(int.Parse(count, CultureInfo.InvariantCulture) * one.TotalSeconds, 2 * Longest.TotalSeconds))
            : null;
    }

    private static TimeSpan? Unit(string unit)
    {
        if (unit.Length == 0) return null;
        foreach (var (name, span) in Units)
        {
            if (name.StartsWith(unit, StringComparison.OrdinalIgnoreCase)) return span;
        }

        return null;
    }

    private static readonly (string Name, TimeSpan Span)[] Units =
    [
        ("seconds", TimeSpan.FromSeconds(1)), ("minutes", TimeSpan.FromMinutes(1)), ("hours", TimeSpan.FromHours(1)),
        ("days", TimeSpan.FromDays(1)), ("weeks", TimeSpan.FromDays(7)),
    ];
}
