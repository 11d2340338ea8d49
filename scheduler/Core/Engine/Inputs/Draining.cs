using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Engine.Moves;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>Takes a node or card out of service; with a deadline, what runs there is asked to save now, and stopped in time.</summary>
internal static class Draining
{
    public static PoolReply Take(Turn turn, PoolInput.Drain drain)
    {
        if (Deadline(drain, turn.Now, out var deadline) is { } fault) return new PoolReply.Rejected([fault]);
        if (DrainTarget.Find(turn.State, drain.Target, out var rejected) is not { } target) return rejected!;
        target.Note(new Act(ActKind.Drained, drain.User, turn.Now) { Why = drain.Why });
        target.Put(turn, new Cordon(drain.Why, drain.User, turn.Now, deadline));
        if (deadline is { } end) AskToSave(turn, target, end - turn.Now);
        return target.Reply;
    }

    /// <summary>Null, and the moment by which what runs there is stopped, where there is one; else what is wrong with it.</summary>
    private static Fault? Deadline(PoolInput.Drain drain, DateTimeOffset now, out DateTimeOffset? deadline)
    {
        deadline = now + drain.Within;
        if (drain.By.Length == 0) return null;
        if (DeadlineTime.TryParse(drain.By, "deadline", now, drain.Clock, out var time, out var fault)) deadline = time;
        return fault;
    }

    /// <summary>The stops themselves follow when their time has come, maybe at once.</summary>
    private static void AskToSave(Turn turn, DrainTarget target, TimeSpan within)
    {
        foreach (var hold in target.Slot.Holds.Values)
        {
            if (hold.Fenced || hold.Attempt.StopCause is not null) continue;
            if (!target.Covers(hold.Share)) continue;
            var job = turn.State.FindJob(hold.Attempt.Id.Job)!;
            if (within > job.Spec.Grace) Stopping.AskToSave(turn, job, $"{target.Name} is being drained");
        }
    }
}
