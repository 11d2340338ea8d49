using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GpuScheduler.Core.Calendars;

/// <summary>
/// Windows as people write them: <c>22:00-07:00</c>, <c>Mon-Fri 19:00-07:00</c>, <c>Sat,Sun</c>, <c>always</c>, <c>never</c>.
/// </summary>
public static class WindowText
{
    /// <summary>For messages.</summary>
    public const string Allowed = "always, never, or days and hours such as '22:00-07:00', 'Mon-Fri 19:00-07:00', 'Sat,Sun'";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>An end that is not after the beginning is on the next day. False: it can't be read.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out WeeklyWindow? window)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        window = words switch
        {
            [var word] when word.Equals("always", StringComparison.OrdinalIgnoreCase) => WeeklyWindow.Always,
            [var word] when word.Equals("never", StringComparison.OrdinalIgnoreCase) => WeeklyWindow.Never,
            [var hours] when Hours(hours) is var (from, to) => new WeeklyWindow(WeeklyWindow.EveryDay, from, to),
            [var days] when Days(days) is { } some => new WeeklyWindow(some, TimeSpan.Zero, Day),
            [var days, var hours] when Days(days) is { } some && Hours(hours) is var (from, to) => new WeeklyWindow(some, from, to),
            _ => null,
        };
        return window is not null;
    }

    private static (TimeSpan From, TimeSpan To)? Hours(string text)
    {
        if (text.Split('-') is not [var first, var last] || Time(first) is not { } from || Time(last) is not { } to) return null;
        if (from == to || from == Day) return null;
        return (from, to > from ? to : to + Day);
    }

    /// <summary><c>7:00</c>, <c>07:00</c> … <c>24:00</c>.</summary>
    private static TimeSpan? Time(string text)
    {
        if (text.Split(':') is not [{ Length: 1 or 2 } hour, { Length: 2 } minute]) return null;
        if (!int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var hours)) return null;
        if (!int.TryParse(minute, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes > 59) return null;
        var time = new TimeSpan(hours, minutes, 0);
        return time <= Day ? time : null;
    }

    /// <summary><c>Mon-Fri</c>, <c>Sat,Sun</c>, <c>Fri-Mon</c>; null: no days.</summary>
    private static List<DayOfWeek>? Days(string text)
    {
        var days = new List<DayOfWeek>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || DayOf(ends[0]) is not { } first || DayOf(ends[^1]) is not { } last) return null;
            for (var day = first; ; day = (DayOfWeek)(((int)day + 1) % 7))
            {
                if (!days.Contains(day)) days.Add(day);
                if (day == last) break;
            }
        }

        return days;
    }

    /// <summary>Its English name, or the first three letters of it.</summary>
    private static DayOfWeek? DayOf(string text) => WeeklyWindow.EveryDay.Cast<DayOfWeek?>().FirstOrDefault(day =>
        text.Equals($"{day}", StringComparison.OrdinalIgnoreCase) || text.Equals($"{day}"[..3], StringComparison.OrdinalIgnoreCase));
}
