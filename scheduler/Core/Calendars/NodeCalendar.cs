using GpuScheduler.Core.Config;

namespace GpuScheduler.Core.Calendars;

/// <summary>Which hours the rules of a pool give a machine.</summary>
public static class NodeCalendar
{
    /// <summary>Those of the first rule that means the machine; null: none does, it is always open.</summary>
    /// <param name="config">The rules; they must be sound.</param>
    /// <param name="name">Of the machine.</param>
    /// <param name="labels">Its worker's.</param>
    public static OpeningHours? Of(PoolConfig config, string name, IReadOnlyDictionary<string, string> labels) =>
        config.Nodes.FirstOrDefault(rule => rule.Means(name, labels)) is { } rule ? Of(rule, config) : null;

    /// <summary>The hours of one rule.</summary>
    /// <exception cref="InvalidOperationException">There is no such time zone: the rules were not checked.</exception>
    public static OpeningHours Of(NodeRule rule, PoolConfig config)
    {
        var windows = rule.Available.Select(text => WindowText.TryParse(text, out var window) ? window : WeeklyWindow.Never).ToList();
        return new OpeningHours(windows, ZoneOf(rule.Timezone ?? config.Timezone));
    }

    /// <summary>By its IANA name.</summary>
    /// <exception cref="InvalidOperationException">There is no such time zone: the rules were not checked.</exception>
    public static TimeZoneInfo ZoneOf(string name) => TimeZones.TryFind(name, out var zone)
        ? zone
        : throw new InvalidOperationException($"no time zone '{name}': the rules were not checked");
}
