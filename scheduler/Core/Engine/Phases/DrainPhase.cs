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
            foreach (var (job, drain) in Under(turn.State, turn.State.Map.Find(id)!))
            {
                if (DrainSchedule.StopTime(drain.Deadline!.Value, job.Spec.Grace) <= turn.Now) Stop(turn, id, job, drain);
            }
        }
    }

    /// <summary>When the next job must be stopped; null: none.</summary>
    public static DateTimeOffset? Next(PoolState state)
    {
        DateTimeOffset? next = null;
        foreach (var id in state.Draining)
        {
            foreach (var (job, drain) in Under(state, state.Map.Find(id)!))
                next = Times.Earlier(next, DrainSchedule.StopTime(drain.Deadline!.Value, job.Spec.Grace));
        }

        return next;
    }

    /// <summary>Jobs under a deadline that have not been asked to stop yet, each with the drain that sets it.</summary>
    private static List<(Job Job, Cordon Drain)> Under(PoolState state, NodeSlot slot)
    {
        var found = new List<(Job, Cordon)>();
        foreach (var hold in slot.Holds.Values)
        {
            if (hold.Fenced || hold.Attempt.StopCause is not null) continue;
            if (DrainSchedule.Over(slot.Node, hold.Share) is { } drain) found.Add((state.FindJob(hold.Attempt.Id.Job)!, drain));
        }

        return found;
    }

    private static void Stop(Turn turn, NodeId node, Job job, Cordon drain)
    {
        var grace = DrainSchedule.GraceAt(turn.Now, drain.Deadline!.Value, job.Spec.Grace);
        Stopping.Ask(turn, job, EndCause.Drained, grace, $"{node} is being drained{(drain.Why.Length > 0 ? $": {drain.Why}" : "")}");
    }
}
