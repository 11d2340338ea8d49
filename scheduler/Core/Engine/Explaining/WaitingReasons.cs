using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>The one reason that tables show.</summary>
internal static class WaitingReasons
{
    /// <summary>Null only for a job that doesn't wait.</summary>
    public static (Reason Reason, string Text)? Of(PoolState state, Job job, DateTimeOffset now)
    {
        if (job.State is not (JobState.Pending or JobState.RequeueHold)) return null;
        return job.Seat switch
        {
            HeldSeat => (job.Reason ?? Reason.JobRequeueHold, job.ReasonText),
            DependencyBook => (Reason.Dependency, Dependencies.Of(job.Spec.Dependency, state.Table).Text),
            BackoffShelf => (Reason.RetryBackoff, Backoff(job)),
            ArrayGate gate => (Reason.JobArrayTaskLimit, $"array {job.Id.Number} runs at most {gate.Limit} elements at once"),
            AccountLine { Parked: { } hit } => (hit.Reason, hit.Text),
            AccountLine { Lane: var lane } when state.Contenders.TryOf(lane, out var contender) && contender.IsLimited =>
                (contender.Limit!.Value.Hit.Reason, contender.Limit.Value.Hit.Text),
            AccountLine line => OfLane(state, job, line.Lane, now),
            _ => (Reason.PendingEvaluation, "the next cycle will look at it"),
        };
    }

    private static (Reason Reason, string Text) OfLane(PoolState state, Job job, Lane lane, DateTimeOffset now)
    {
        if (state.Rounds.BlockerOf(job.Spec.Tier) is { } blocker && blocker != job)
            return (
                Reason.Priority,
                $"job {blocker.Id} is ahead of it in tier '{job.Spec.Tier}' and has no room yet; policy '{state.Config.Policy}' lets "
                    + "no job pass");
        if (!state.Contenders.TryOf(lane, out var contender) || contender.ClosedAt == 0)
            return (Reason.PendingEvaluation, "the next cycle will look at it");
        var isFirst = ReferenceEquals(lane.First, job);
        var verdict = LaneVerdicts.Of(state, contender, now);
        if (verdict.Reason == Reason.TierSpillDelay)
            return (verdict.Reason, verdict.Text + Opening(job, lane) + PromiseWords.Of(state, job));
        if (verdict.HoldsForAll)
            return (
                verdict.Reason, verdict.Text + (isFirst && verdict.Reason == Reason.ReqNodeNotAvail ? PromiseWords.Of(state, job) : ""));
        if (!isFirst) return (Reason.Priority, Behind(state, job, lane));
        return (verdict.Reason, verdict.Text + PromiseWords.Of(state, job));
    }

    private static string Behind(PoolState state, Job job, Lane lane) =>
        $"job {lane.First!.Id} and maybe others are ahead of it in tier '{job.Spec.Tier}' for the same "
            + $"devices{PromiseWords.OfFirst(state, lane)}";

    private static string Backoff(Job job)
    {
        var until = job.EligibleTime is { } time ? $"tries again at {Words.Time(time)}" : "tries again soon";
        return job.ReasonText.Length > 0 ? $"{until}: {job.ReasonText}" : until;
    }

    private static string Opening(Job job, Lane lane) =>
        lane.Class.NextOpeningOf(job, lane.Stage) is { } time ? $", at {Words.Time(time)}" : "";
}
