using GpuScheduler.Core.Lifecycle;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Moves;

/// <summary>The only place where a job's state changes.</summary>
internal static class Life
{
    /// <exception cref="InvalidOperationException">The move is not in the table: a bug of the caller.</exception>
    public static void Move(Job job, JobEvent happened) =>
        job.State = JobTransitions.Next(job.State, happened)
            ?? throw new InvalidOperationException($"job {job.Id} is {job.State.DisplayName()}: {happened} is no legal move");

    /// <summary>Moves where the table allows it; false where it doesn't.</summary>
    public static bool TryMove(Job job, JobEvent happened)
    {
        if (JobTransitions.Next(job.State, happened) is not { } next) return false;
        job.State = next;
        return true;
    }
}
