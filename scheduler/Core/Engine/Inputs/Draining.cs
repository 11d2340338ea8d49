using GpuScheduler.Core.Engine.Moves;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>Takes a node or card out of service; with a deadline, what runs there is asked to save now, and stopped in time.</summary>
internal static class Draining
{
    public static PoolReply Take(Turn turn, PoolInput.Drain drain)
    {
        if (drain.Within < TimeSpan.Zero)
            return new PoolReply.Rejected([new Fault("deadline", $"{drain.Within}", "0 s or more")]);
        if (DrainTarget.Find(turn.State, drain.Target, out var rejected) is not { } target) return rejected!;
        target.Put(turn, new Cordon(drain.Why, drain.User, turn.Now, turn.Now + drain.Within));
        if (drain.Within is not null) AskToSave(turn, target, drain);
        return new PoolReply.Done();
    }

    /// <summary>The stops themselves follow when their time has come, maybe at once.</summary>
    private static void AskToSave(Turn turn, DrainTarget target, PoolInput.Drain drain)
    {
        foreach (var hold in target.Slot.Holds.Values)
        {
            if (hold.Fenced || hold.Attempt.StopCause is not null) continue;
            if (!target.Covers(hold.Share)) continue;
            var job = turn.State.FindJob(hold.Attempt.Id.Job)!;
            if (drain.Within > job.Spec.Grace) Stopping.AskToSave(turn, job, $"{drain.Target} is being drained");
        }
    }
}
