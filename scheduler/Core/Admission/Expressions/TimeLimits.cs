using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>Slurm's time forms (<c>M</c>, <c>M:S</c>, <c>H:M:S</c>, <c>D-H</c>, <c>D-H:M</c>, <c>D-H:M:S</c>), amounts with units
/// (<c>90m</c>, <c>1h30m</c>) and <c>UNLIMITED</c>.</summary>
public static class TimeLimits
{
    /// <summary>Longest limit: 10 years, in seconds. A longer one means none.</summary>
    private const long MostSeconds = 3650L * 86_400;

    private const string Allowed =
        "a time above 0 and up to 3650 days: minutes (90), M:S, H:M:S, D-H, D-H:M, D-H:M:S, or with units (30s, 90m, 2h, 1d12h); "
            + "UNLIMITED for none";

    private static readonly SearchValues<char> Units = SearchValues.Create("sSmMhHdD");

    /// <summary>Reads a limit; null: none.</summary>
    public static bool TryParse(string text, string field, out TimeSpan? limit, [NotNullWhen(false)] out Fault? fault)
    {
        limit = null;
        fault = null;
        var trimmed = text.Trim();
        if (trimmed.Equals("UNLIMITED", StringComparison.OrdinalIgnoreCase)
            || trimmed.Equals("INFINITE", StringComparison.OrdinalIgnoreCase))
            return true;
        var seconds = trimmed.AsSpan().ContainsAny(Units) ? WithUnits(trimmed) : SlurmForm(trimmed);
        if (seconds is > 0 and <= MostSeconds)
        {
            limit = TimeSpan.FromSeconds(seconds.Value);
            return true;
        }
        fault = FaultText.Of(field, text, Allowed);
        return false;
    }

    /// <summary><c>D-HH:MM:SS</c>, as Slurm prints it; <c>UNLIMITED</c> for null.</summary>
    public static string Format(TimeSpan? limit) => limit is { } time
        ? string.Create(CultureInfo.InvariantCulture, $"{time.Days}-{time.Hours:00}:{time.Minutes:00}:{time.Seconds:00}")
        : "UNLIMITED";

    /// <summary>Seconds; null when it is no such form. Only the first field may exceed its clock.</summary>
    private static long? SlurmForm(string text)
    {
        var dash = text.IndexOf('-');
        if (dash < 0) return Fields(text, null) switch
        {
            [var minutes] => minutes * 60,
            [var minutes, < 60 and var seconds] => (minutes * 60) + seconds,
            [var hours, < 60 and var minutes, < 60 and var seconds] => (hours * 3600) + (minutes * 60) + seconds,
            _ => null,
        };
        return Number(text[..dash]) is { } days && Fields(text[(dash + 1)..], days * 86_400) is { } fields ? AfterDays(fields) : null;
    }

    private static long? AfterDays(long[] fields) => fields switch
    {
        [var days, < 24 and var hours] => days + (hours * 3600),
        [var days, < 24 and var hours, < 60 and var minutes] => days + (hours * 3600) + (minutes * 60),
        [var days, < 24 and var hours, < 60 and var minutes, < 60 and var seconds] => days + (hours * 3600) + (minutes * 60) + seconds,
        _ => null,
    };

    private static long[]? Fields(string text, long? first)
    {
        var numbers = Array.ConvertAll(text.Split(':'), Number);
        if (Array.Exists(numbers, number => number is null)) return null;
        var fields = numbers.Select(number => number!.Value);
        return first is { } value ? [value, .. fields] : [.. fields];
    }

    /// <summary><c>1d12h</c>: each unit once, largest first.</summary>
    private static long? WithUnits(string text)
    {
        long total = 0, previous = long.MaxValue;
        for (var start = 0; start < text.Length;)
        {
            var end = text.AsSpan(start).IndexOfAnyExceptInRange('0', '9') + start;
            if (end < start || Number(text[start..end]) is not { } amount) return null;
            var unit = char.ToLowerInvariant(text[end]) switch { 'd' => 86_400L, 'h' => 3600, 'm' => 60, 's' => 1, _ => long.MaxValue };
            if (unit >= previous) return null;
            (total, previous, start) = (total + (amount * unit), unit, end + 1);
        }
        return total;
    }

    /// <summary>Nine digits at most, so that no sum here can overflow.</summary>
    private static long? Number(string text) =>
        text.Length is > 0 and <= 9 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
