using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Queueing;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>The whole answer to "why is it waiting?" and "why is it there?".</summary>
internal static class Explainer
{
    public static IReadOnlyList<Explanation> Explain(PoolState state, Job job, DateTimeOffset now)
    {
        if (job.State.HoldsAllocation()) return PlacementWords.WhyThere(state, job, now);
        return WaitingReasons.Of(state, job, now) is { } reason
            ? [.. WhyWaiting(state, job, new Explanation(reason.Reason, 1, reason.Text), now), .. PreviousAttempt(job)]
            : EndWords.Of(new StoredJob(job, [.. job.Attempt is { } last ? [last] : Array.Empty<Attempt>()]));
    }

    private static IEnumerable<Explanation> WhyWaiting(PoolState state, Job job, Explanation first, DateTimeOffset now)
    {
        if (job.Seat is not AccountLine line || !state.Contenders.TryOf(line.Lane, out var contender)) return [first];
        var (ahead, why) = (AheadOrOne(first.Reason, line, job), WhyBehind(state, job, line, first.Reason, now));
        return [first with { Count = ahead, Text = first.Text + why }, .. Histogram(state, contender, job)];
    }

    /// <summary>A job that has run before waits again: how its last attempt ended belongs to the answer.</summary>
    private static IEnumerable<Explanation> PreviousAttempt(Job job) =>
        job.Attempt is { } last ? [new Explanation(Reason.Attempt, 1, AttemptWords.Of(last))] : [];

    private static string WhyBehind(PoolState state, Job job, AccountLine line, Reason reason, DateTimeOffset now) =>
        reason == Reason.Priority ? OrderWords.WhyBehind(state, job, line, now) : "";

    private static int AheadOrOne(Reason reason, AccountLine line, Job job) =>
        reason == Reason.Priority ? Math.Max(1, line.Lane.CountAhead(job, line.Account)) : 1;

    private static IEnumerable<Explanation> Histogram(PoolState state, Contender contender, Job job) =>
        Rejections.Of(state.Map, contender.Question, LaneVerdicts.Later(state, contender), job.Spec)
            .Select(pair => new Explanation(pair.Reason, pair.Count, Line(state, pair.Reason, pair.Count, contender)));

    private static string Line(PoolState state, Reason reason, int count, Contender contender)
    {
        var wanted = contender.Lane.Class;
        return PlacementWords.Of(reason, count, wanted) + (reason == Reason.CardCordoned ? DrainedWords.Of(state.Map, wanted.Request) : "");
    }
}
