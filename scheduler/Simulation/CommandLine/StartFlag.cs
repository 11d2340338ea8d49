using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace GpuScheduler.Simulation.CommandLine;

/// <summary>The date at 0 s of a replay: the hours of machines are counted from it.</summary>
internal static class StartFlag
{
    private static readonly string[] s_forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"];

    public static Option<DateTimeOffset?> Create() => new("--start-at")
    {
        Description = "pool, the date at 0 s, for hours of the day: 2026-11-20T18:00Z. Without it Monday, 2024-01-01T00:00Z, or what the "
            + "store says",
        HelpName = "DATE",
        CustomParser = Read,
    };

    /// <summary>Without an offset it is universal time.</summary>
    private static DateTimeOffset? Read(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateTimeOffset.TryParseExact(text, s_forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            return date.ToUniversalTime();
        result.AddError($"--start-at is '{text}'; allowed: a date and time such as 2026-11-20T18:00Z or 2026-11-20T19:00+01:00");
        return null;
    }
}
