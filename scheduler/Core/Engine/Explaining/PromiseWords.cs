using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.OpenHours;
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
        if (state.PromiseTo(job) is not { } promise || state.Promises.All.Any(kept => kept.Job == job && kept.IsTakeover)) return "";
        var after = string.Join(", ", promise.After.Take(MostNamed)) + (promise.After.Count > MostNamed ? " and others" : "");
        var one = promise.After.Count == 1;
        var jobs = $"{(one ? "job" : "jobs")} {after}";
        var nodes = Words.List(promise.Nodes);
        if (promise.At is { } opening && OpensThen(state, promise, opening))
            return $"; promised {nodes} at {Words.Time(opening)}, when {(promise.Nodes.Count == 1 ? "it opens" : "all are open")}";
        if (promise is { At: null, Expected: { } expected })
            return $"; expected on {nodes} at {Words.Time(expected)}, an estimate: if {jobs} {(one ? "takes" : "take")} no longer than "
                + "earlier runs";
        return promise.At is { } at
            ? $"; promised {nodes} at {Words.Time(at)}, when {jobs} will have ended by time limit"
            : $"; {nodes} {(promise.Nodes.Count == 1 ? "is" : "are")} kept for it until {jobs} {(one ? "ends" : "end")}: without time "
                + "limits it is not known when";
    }

    /// <summary>It waits for a node's hours, not for somebody to end.</summary>
    private static bool OpensThen(PoolState state, PromisedStart promise, DateTimeOffset at) =>
        promise.Nodes.Any(node => state.Map.Find(node)?.Hours is { } hours && (!hours.IsOpen || hours.ClosesAt <= at));

    /// <summary>Such as <c>job 12 is promised lab-a100 at 2026-01-05 03:10:00Z</c>.</summary>
    public static string ForOthers(Promise promise)
    {
        var nodes = Words.List([.. promise.Stakes.Select(stake => stake.Slot.Node.Id)]);
        if (promise is { At: null, Expected: { } expected })
            return $"job {promise.Job.Id} is expected on {nodes} at {Words.Time(expected)} by earlier runs";
        return promise.At is { } at
            ? $"job {promise.Job.Id} is promised {nodes} at {Words.Time(at)}"
            : $"{nodes} {(promise.Stakes.Count == 1 ? "is" : "are")} kept for job {promise.Job.Id}";
    }

    /// <summary>For a job that has room which is kept for another; null: it has none anyway.</summary>
    /// <param name="state">The pool.</param>
    /// <param name="contender">Its lane; the job is the first.</param>
    public static string? WhyPassedOver(PoolState state, Contender contender)
    {
        var all = state.Promises.All;
        if (all.All(promise => !promise.Binds)) return null;
        var gate = HoursGate.For(state.Map, contender.Lane.First!.Spec);
        if (Placer.Find(state.Map, contender.Question, null, gate) is not { } room) return null;
        var holder = all.LastOrDefault(promise => promise.Binds && room.Nodes.Any(share => promise.Covers(state.Map.Find(share.Node)!)))
            ?? all.First(promise => promise.Binds);
        var job = contender.Lane.First!;
        return job.Spec.TimeLimit is { } limit
            ? $"{ForOthers(holder)}; with its time limit of {Words.Span(limit)} this one could make that later"
            : $"{ForOthers(holder)}; without a time limit this one could make that later";
    }

    /// <summary>What the first of a lane was promised, for those behind it; empty: nothing.</summary>
    public static string OfFirst(PoolState state, Lane lane) =>
        state.Promises.All.FirstOrDefault(promise => promise.Binds && promise.Job == lane.First) is { } promise
            ? $"; {ForOthers(promise)}"
            : "";
}
