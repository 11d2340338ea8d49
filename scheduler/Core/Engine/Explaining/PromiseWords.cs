using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.Reservations;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>Puts promises into words.</summary>
internal static class PromiseWords
{
    private const int MostNamed = 4;

    /// <summary>What a waiting job is promised, and why then; empty: nothing.</summary>
    public static string Of(PoolState state, Job job)
    {
        if (state.PromiseTo(job) is not { } promise) return "";
        var after = string.Join(", ", promise.After.Take(MostNamed)) + (promise.After.Count > MostNamed ? " and others" : "");
        var one = promise.After.Count == 1;
        var jobs = $"{(one ? "job" : "jobs")} {after}";
        return promise.At is { } at
            ? $"; promised {promise.Node} at {Words.Time(at)}, when {jobs} will have ended by time limit"
            : $"; {promise.Node} is kept for it until {jobs} {(one ? "ends" : "end")}: without time limits nobody knows when";
    }

    /// <summary>Such as <c>job 12 is promised lab-a100 at 2026-01-05 03:10:00Z</c>.</summary>
    public static string ForOthers(Promise promise) => promise.At is { } at
        ? $"job {promise.Job.Id} is promised {promise.Slot.Node.Id} at {Words.Time(at)}"
        : $"{promise.Slot.Node.Id} is kept for job {promise.Job.Id}";

    /// <summary>For a job that has room which is kept for another; null: it has none anyway.</summary>
    /// <param name="state">The pool.</param>
    /// <param name="contender">Its lane; the job is the first.</param>
    public static string? WhyPassedOver(PoolState state, Contender contender)
    {
        var all = state.Promises.All;
        if (all.All(promise => !promise.Binds) || Placer.Find(state.Map, contender.Query, null) is not { } room) return null;
        var holder = all.LastOrDefault(promise => promise.Binds && promise.Slot.Node.Id == room.Head.Node) ?? all.First(promise => promise.Binds);
        var job = contender.Lane.First!;
        return job.Spec.TimeLimit is { } limit
            ? $"{ForOthers(holder)}; with its time limit of {Words.Span(limit)} this one could make that later"
            : $"{ForOthers(holder)}; without a time limit this one could make that later";
    }

    /// <summary>What the first of a lane was promised, for those behind it; empty: nothing.</summary>
    public static string OfFirst(PoolState state, Lane lane) =>
        state.Promises.All.FirstOrDefault(promise => promise.Binds && promise.Job == lane.First) is { } promise ? $"; {ForOthers(promise)}" : "";
}
