namespace GpuScheduler.Core.Calendars;

/// <summary>A stretch of local time that returns every week.</summary>
/// <param name="Days">Days on which it begins; empty: never.</param>
/// <param name="From">When it begins, from the day's midnight.</param>
/// <param name="To">When it ends, from the same midnight: above 24 h it ends on the day after.</param>
public sealed record WeeklyWindow(IReadOnlyList<DayOfWeek> Days, TimeSpan From, TimeSpan To)
{
    /// <summary>Monday first.</summary>
    public static IReadOnlyList<DayOfWeek> EveryDay { get; } =
    [
        DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday,
        DayOfWeek.Sunday,
    ];

    /// <summary>All of the time.</summary>
    public static WeeklyWindow Always { get; } = new(EveryDay, TimeSpan.Zero, TimeSpan.FromDays(1));

    /// <summary>None of it.</summary>
    public static WeeklyWindow Never { get; } = new([], TimeSpan.Zero, TimeSpan.FromDays(1));
}
