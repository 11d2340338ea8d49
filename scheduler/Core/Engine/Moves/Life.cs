using GpuScheduler.Core.Lifecycle;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Moves;

/// <summary>The only place where a job's state changes.</summary>
internal static class Life
{
    /// <exception cref="InvalidOperationException">The move is not in the table: a bug of the caller.</exception>
    public static void Move(Turn turn, Job job, JobEvent happened)
    {
        if (!TryMove(turn, job, happened))
            throw new InvalidOperationException($"job {job.Id} is {job.State.DisplayName()}: {happened} is no legal move");
    }

    /// <summary>Moves where the table allows it; false where it doesn't.</summary>
    public static bool TryMove(Turn turn, Job job, JobEvent happened)
    {
        if (JobTransitions.Next(job.State, happened) is not { } next) return false;
        var before = job.State;
        job.State = next;
        turn.State.Table.Census.Move(job, before);
        return true;
    }
}
