using GpuScheduler.Core.Engine.Moves;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.NodeHealth;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Engine.Phases;

/// <summary>Stops what runs under a drain whose deadline is one grace away.</summary>
internal static class DrainPhase
{
    public static void Run(Turn turn)
    {
        if (turn.State.Draining.Count == 0) return;
        foreach (var id in turn.State.Draining)
        {
            foreach (var (job, deadline) in Under(turn.State, turn.State.Map.Find(id)!))
            {
                if (DrainSchedule.StopTime(deadline, job.Spec.Grace) <= turn.Now) Stop(turn, turn.State.FindNode(id)!, job, deadline);
            }
        }
    }

    /// <summary>When the next job must be stopped; null: none.</summary>
    public static DateTimeOffset? Next(PoolState state)
    {
        DateTimeOffset? next = null;
        foreach (var id in state.Draining)
        {
            foreach (var (job, deadline) in Under(state, state.Map.Find(id)!))
                next = Times.Earlier(next, DrainSchedule.StopTime(deadline, job.Spec.Grace));
        }

        return next;
    }

    /// <summary>Jobs under a deadline that have not been asked to stop yet.</summary>
    private static List<(Job Job, DateTimeOffset Deadline)> Under(PoolState state, NodeSlot slot)
    {
        var found = new List<(Job, DateTimeOffset)>();
        foreach (var hold in slot.Holds.Values)
        {
            if (hold.Fenced || hold.Attempt.StopCause is not null) continue;
            if (DrainSchedule.DeadlineOf(slot.Node, hold.Share) is { } deadline) found.Add((state.FindJob(hold.Attempt.Id.Job)!, deadline));
        }

        return found;
    }

    private static void Stop(Turn turn, Node node, Job job, DateTimeOffset deadline)
    {
        var why = node.Cordon?.Why is { Length: > 0 } given ? $": {given}" : "";
        Stopping.Ask(
            turn, job, EndCause.Drained, DrainSchedule.GraceAt(turn.Now, deadline, job.Spec.Grace), $"{node.Id} is being drained{why}");
    }
}
