using System.Diagnostics.CodeAnalysis;

namespace GpuScheduler.Core.Calendars;

/// <summary>Time zones by their IANA names, as the machine's time zone data know them.</summary>
public static class TimeZones
{
    private const string Known = "Europe/Berlin";

    /// <summary>For messages: what a name may be, and what is wrong with the machine if it knows none.</summary>
    public static string Allowed => TryFind(Known, out _)
        ? $"an IANA time zone such as {Known}, America/New_York or UTC"
        : "UTC: this machine has no time zone data (install tzdata)";

    /// <summary>False: there is no such zone. UTC is always there.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out TimeZoneInfo? zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);

    /// <summary>The moment of a local time. One that the clock skips means the first that exists after it; one that comes twice
    /// means the first.</summary>
    public static DateTimeOffset Moment(TimeZoneInfo zone, DateTime local)
    {
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
