using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>How long a job may hold its devices.</summary>
internal static class RunBound
{
    private static readonly TimeSpan AsGoodAsNone = TimeSpan.FromDays(3650);

    /// <summary>Time limit and grace: a job that has reached its limit is asked to stop, and killed when the grace is over.
    /// Null: no limit.</summary>
    public static TimeSpan? Of(JobSpec spec) => spec.TimeLimit is { } limit && limit < AsGoodAsNone ? limit + spec.Grace : null;
}
