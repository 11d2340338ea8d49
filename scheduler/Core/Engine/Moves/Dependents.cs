using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine.Moves;

/// <summary>Jobs whose dependency was decided by what happened: they may start, or never will.</summary>
internal static class Dependents
{
    /// <summary>Looks at every job that waits for what has happened so far; one cancelled for it may decide others.</summary>
    public static void Reconsider(Turn turn)
    {
        while (turn.Happened.TryDequeue(out var number))
        {
            foreach (var job in turn.State.Room.DependentsOf(number)) Reconsider(turn, job);
        }
    }

    /// <summary>Cancels a job whose dependency can never be met. False: it can.</summary>
    public static bool CancelIfNever(Turn turn, Job job)
    {
        var (status, text) = turn.State.Room.StatusOf(job);
        if (status != DependencyStatus.Never) return false;
        Withdrawing.Cancel(turn, job, Reason.DependencyNeverSatisfied, text);
        return true;
    }

    private static void Reconsider(Turn turn, Job job)
    {
        if (CancelIfNever(turn, job) || turn.State.Room.StatusOf(job).Status != DependencyStatus.Met) return;
        turn.State.Room.Leave(job, turn.Now);
        // Waiting for others is no waiting for room: the spill delay counts from here.
        job.EligibleTime = turn.Now;
        turn.Save(job);
        turn.State.Room.Seat(job, turn.Now);
    }
}
