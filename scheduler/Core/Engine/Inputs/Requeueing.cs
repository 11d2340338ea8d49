using GpuScheduler.Core.Engine.Moves;
using GpuScheduler.Core.Lifecycle;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>Queues jobs again: what runs is stopped first, checkpoint before that; what has ended lives again.</summary>
internal static class Requeueing
{
    public static PoolReply Take(Turn turn, PoolInput.Requeue requeue)
    {
        var revived = requeue.Revived.ToDictionary(job => job.Id);
        var act = new Act(ActKind.Requeued, requeue.User, turn.Now);
        return JobSelection.Apply(
            turn, new(requeue.Ids, requeue.Filter), "requeued", job => Requeue(turn, job, act),
            (id, state) => Revive(turn, id, state, revived.GetValueOrDefault(id), requeue.Filter, act));
    }

    private static JobOutcome Requeue(Turn turn, Job job, Act act)
    {
        if (job.State == JobState.RequeueHold) return Releasing.Release(turn, job, act);
        if (job.State == JobState.Pending) return new JobOutcome($"{job.Id}", false, $"job {job.Id} is queued already");
        if (job.Attempt!.StopCause is { } cause)
            return new JobOutcome($"{job.Id}", false, $"job {job.Id} is being stopped already ({cause})");
        job.Acts = act.After(job.Acts);
        Stopping.Ask(
            turn, job, EndCause.Requeued, job.Spec.Grace, act.User.Length == 0 ? "requeued" : $"requeued by {act.User}");
        return new JobOutcome(
            $"{job.Id}", true, $"job {job.Id} is being stopped on {job.Attempt.Allocation.NodeNames()}, then queued again");
    }

    private static JobOutcome Revive(Turn turn, JobId id, JobState state, Job? job, JobFilter? filter, Act act)
    {
        if (job is not null && JobSelection.Filtered(job, filter) is { } other) return other;
        if (job is null || !job.State.IsEnded())
            return new JobOutcome($"{id}", false, $"job {id} has ended ({state.DisplayName()}): submit it again");
        if (QuotaCheck.OneTooMany(turn.State.Accounting.Quotas, job.Spec) is { } why)
            return new JobOutcome($"{id}", false, $"job {id} is not queued again: {why}");
        Life.Move(turn, job, JobEvent.Revived);
        (job.Reason, job.ReasonText, job.EndTime) = (null, "", null);
        (job.Failures, job.LaunchFailures) = (0, 0);
        job.EligibleTime = turn.Now;
        job.Acts = act.After(job.Acts);
        turn.State.Table.Revive(job);
        SameCards.Remember(turn.State, job);
        turn.Save(job);
        if (Dependents.CancelIfNever(turn, job)) return new JobOutcome($"{id}", false, $"job {id}: {job.ReasonText}");
        turn.State.Room.Seat(job, turn.Now);
        return new JobOutcome($"{id}", true, $"job {id} is queued again");
    }
}
