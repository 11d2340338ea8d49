using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>Keeps pending jobs from starting.</summary>
internal static class Holding
{
    public static PoolReply Take(Turn turn, PoolInput.Hold hold)
    {
        var act = new Act(ActKind.Held, hold.User, turn.Now);
        return JobSelection.Apply(turn, new(hold.Ids, hold.Filter), "held", job => Hold(turn, job, act));
    }

    /// <summary>Writes the hold into the job; its owner's own hold is told from an administrator's.</summary>
    public static void Mark(Job job, string user)
    {
        job.Reason = user == job.Spec.User ? Reason.JobHeldUser : Reason.JobHeldAdmin;
        job.ReasonText = $"held by {(user.Length == 0 ? "an administrator" : user)}; release it with: gpusched release {job.Id}";
    }

    private static JobOutcome Hold(Turn turn, Job job, Act act)
    {
        if (job.State != JobState.Pending)
            return new JobOutcome($"{job.Id}", false, $"job {job.Id} is {job.State.DisplayName()}: only a pending job can be held");
        if (WaitingRoom.IsHeld(job)) return new JobOutcome($"{job.Id}", false, $"job {job.Id} is held already");
        turn.State.Room.Leave(job, turn.Now);
        Mark(job, act.User);
        job.Acts = act.After(job.Acts);
        turn.State.Room.Seat(job, turn.Now);
        turn.Save(job);
        return new JobOutcome($"{job.Id}", true, $"job {job.Id} held");
    }
}
