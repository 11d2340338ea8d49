namespace GpuScheduler.Simulation.History;

/// <summary>Which of a store's jobs a replay is about.</summary>
internal enum Period
{
    /// <summary>Everything that ever ran, runs or waits.</summary>
    All,

    /// <summary>What came in the last 24 hours, or was there already when they began.</summary>
    Night,

    /// <summary>What runs or waits.</summary>
    Now,
}

/// <summary>How a store is to be replayed.</summary>
/// <param name="Now">The present: until then what runs has run, and before it what waits has waited.</param>
/// <param name="SpeedsDiffer">Cards differ in speed as the catalog says; false: every card is as fast as the one that a job ran on.</param>
internal sealed record ReplayWish(Period Period, DateTimeOffset Now, bool SpeedsDiffer)
{
    private static readonly TimeSpan s_night = TimeSpan.FromHours(24);

    /// <summary>What ended before is of no interest.</summary>
    public DateTimeOffset From => Period == Period.All ? DateTimeOffset.MinValue : Period == Period.Night ? Now - s_night : Now;
}
