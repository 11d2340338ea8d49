using GpuScheduler.Core.Engine.Moves;
using GpuScheduler.Core.Lifecycle;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>Lets held jobs start, and parked ones try again with a fresh budget.</summary>
internal static class Releasing
{
    public static PoolReply Take(Turn turn, PoolInput.Release release)
    {
        var act = new Act(ActKind.Released, release.User, turn.Now);
        return JobSelection.Apply(turn, new(release.Ids, release.Filter), "released", job => Release(turn, job, act));
    }

    /// <summary>Lets a held or parked job go on.</summary>
    public static JobOutcome Release(Turn turn, Job job, Act act)
    {
        if (!WaitingRoom.IsHeld(job)) return new JobOutcome($"{job.Id}", false, $"job {job.Id} is {job.State.DisplayName()} and not held");
        turn.State.Room.Leave(job, turn.Now);
        if (job.State == JobState.RequeueHold) Renew(turn, job);
        job.Reason = null;
        job.ReasonText = "";
        job.EligibleTime = turn.Now;
        job.Acts = act.After(job.Acts);
        turn.Save(job);
        if (!Dependents.CancelIfNever(turn, job)) turn.State.Room.Seat(job, turn.Now);
        return new JobOutcome($"{job.Id}", true, $"job {job.Id} released");
    }

    private static void Renew(Turn turn, Job job)
    {
        Life.Move(turn, job, JobEvent.Released);
        job.Failures = 0;
        job.LaunchFailures = 0;
    }
}
