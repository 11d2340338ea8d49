using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Preemption;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>Puts loans and preemptions into words.</summary>
internal static class PreemptionWords
{
    /// <summary>What the job that is stopped is told; its history keeps it.</summary>
    public static string WhyStopped(Victim victim, Job asker) => victim.Kind switch
    {
        YieldKind.Loan => $"its cards were on loan: job {asker.Id} of tier '{asker.Spec.Tier}' needs them",
        YieldKind.Tier => $"preempted by job {asker.Id}: tier '{victim.Job.Spec.Tier}' stands back for tier '{asker.Spec.Tier}'",
        YieldKind.Round => $"its turn is over: this round's cards go to job {asker.Id}",
        YieldKind.Priority => $"preempted by job {asker.Id}: priority {asker.Spec.Priority} against {victim.Job.Spec.Priority}",
    };

    /// <summary>Why a job waits for which room is being made; null: none is.</summary>
    public static LaneVerdict? WhyWaiting(PoolState state, Contender contender)
    {
        if (contender.Promise is not { IsTakeover: true } promise || promise.Job != contender.Lane.First
            || !state.Promises.All.Contains(promise)) return null;
        var slots = promise.Stakes.Select(stake => stake.Slot).ToList();
        var leaving = slots.SelectMany(slot => slot.Holds.Values).Where(hold => hold.Attempt.StopCause is not null)
            .DistinctBy(hold => hold.Attempt.Id).ToList();
        var jobs = string.Join(", ", leaving.Select(hold => $"{hold.Attempt.Id.Job}"));
        var lent = slots.Exists(slot => slot.Holds.Values.Any(hold => hold.Attempt.StopCause is not null && IsLoan(state, slot, hold)));
        return new LaneVerdict(
            lent ? Reason.TierLentOut : Reason.WaitingForCheckpoint,
            $"{(lent ? "cards" : "room")} of {string.Join(", ", slots.Select(slot => slot.Node.Id))} {(lent ? "on loan" : "taken")}; "
                + $"{(leaving.Count == 1 ? "job" : "jobs")} {jobs} "
            + $"{(leaving.Count == 1 ? "was" : "were")} asked to save and stop{Within(state, leaving)}, and the room is kept");
    }

    /// <summary>True when an attempt runs on cards that its tier has on loan.</summary>
    public static bool IsLoan(PoolState state, NodeSlot slot, Hold hold) =>
        state.FindJob(hold.Attempt.Id.Job) is { } job
            && YieldRules.IsLoan(state.Config, job.Spec.Tier, YieldRules.ClassOn(slot, hold.Share));

    private static string Within(PoolState state, List<Hold> leaving)
    {
        var grace = leaving.Select(hold => state.FindJob(hold.Attempt.Id.Job)?.Spec.Grace ?? TimeSpan.Zero).DefaultIfEmpty(TimeSpan.Zero)
            .Max();
        return grace > TimeSpan.Zero ? $" within {Words.Span(grace)}" : "";
    }
}
