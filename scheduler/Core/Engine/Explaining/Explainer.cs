using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>The whole answer to "why is it waiting?" and "why is it there?".</summary>
internal static class Explainer
{
    public static IReadOnlyList<Explanation> Explain(PoolState state, Job job, DateTimeOffset now)
    {
        if (job.State.HoldsAllocation()) return PlacementWords.WhyThere(state, job);
        if (WaitingReasons.Of(state, job, now) is not { } reason) return OfEnded(job);
        var first = new Explanation(reason.Reason, 1, reason.Text);
        return job.Seat is Lane lane && state.Contenders.TryOf(lane, out var contender)
            ? [first with { Count = AheadOrOne(reason.Reason, lane, job) }, .. Histogram(state, contender)]
            : [first];
    }

    private static int AheadOrOne(Reason reason, Lane lane, Job job) => reason == Reason.Priority ? Math.Max(1, lane.CountAhead(job)) : 1;

    private static IEnumerable<Explanation> Histogram(PoolState state, Contender contender) =>
        Rejections.Of(state.Map, contender.Query, LaneVerdicts.Later(state, contender))
            .Select(pair => new Explanation(pair.Reason, pair.Count, PlacementWords.Of(pair.Reason, pair.Count, contender.Lane.Class)));

    private static IReadOnlyList<Explanation> OfEnded(Job job) => job.Reason is { } reason ? [new Explanation(reason, 1, job.ReasonText)] : [];
}
