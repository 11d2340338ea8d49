namespace GpuScheduler.Core.Calendars;

/// <summary>Clocks are put forward or back.</summary>
/// <param name="At">From when on.</param>
/// <param name="Offset">The clock minus UTC from then on.</param>
public readonly record struct ClockChange(DateTimeOffset At, TimeSpan Offset);
