using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Lifecycle;

/// <summary>What an attempt achieved, and what its end cost.</summary>
internal static class Progress
{
    /// <summary>True when it saved a step beyond everything saved before it. Measured against the best step ever, not against where
    /// it began, so that an attempt that can't read its checkpoint does not count as progress for ever.</summary>
    public static bool Of(Attempt attempt) =>
        attempt.LastStep is { } step && step > Math.Max(attempt.Origin.BestStep ?? -1, attempt.ResumedFromStep ?? -1);

    /// <summary>Time worked since the last checkpoint; null when it never started. Never negative: clocks differ.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="end">When it was last known to work.</param>
    public static TimeSpan? LostWork(Attempt attempt, DateTimeOffset end)
    {
        if (attempt.StartTime is not { } start) return null;
        var lost = end - (attempt.LastStepTime ?? start);
        return lost < TimeSpan.Zero ? TimeSpan.Zero : lost;
    }
}
