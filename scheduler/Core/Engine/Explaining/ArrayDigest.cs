using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>
/// Sums up an array by state and reason. Of elements in one line only the first is asked why it waits, and one that stands behind it:
/// an array may have hundreds of thousands.
/// </summary>
internal static class ArrayDigest
{
    /// <summary>Elements of a group that are named.</summary>
    private const int Named = 3;

    /// <summary>Those that have not ended first; in the order of states, the largest group of a state first.</summary>
    public static IReadOnlyList<ArrayGroup> Of(PoolState state, long number, DateTimeOffset now)
    {
        var behind = new Dictionary<Lane, Reason?>(ReferenceEqualityComparer.Instance);
        var live = state.ElementsOf(number).OrderBy(job => job.Id.Index)
            .GroupBy(job => (job.State, Reason: ReasonOf(state, job, behind, now)), job => job)
            .Select(group => Group(state, group.Key.State, group.Key.Reason, [.. group], now));
        var ended = state.EndedElementsOf(number).OrderBy(pair => pair.Key).GroupBy(pair => pair.Value, pair => new JobId(number, pair.Key))
            .Select(group => new ArrayGroup(group.Key, null, group.Count(), [.. group.Take(Named)], ""));
        return [.. live.Concat(ended).OrderBy(group => group.State).ThenByDescending(group => group.Count).ThenBy(group => group.Reason)];
    }

    private static ArrayGroup Group(PoolState state, JobState jobState, Reason? reason, IReadOnlyList<Job> jobs, DateTimeOffset now) => new(
        jobState, reason, jobs.Count, [.. jobs.Take(Named).Select(job => job.Id)], state.ReasonOf(jobs[0], now)?.Text ?? "");

    private static Reason? ReasonOf(PoolState state, Job job, Dictionary<Lane, Reason?> behind, DateTimeOffset now)
    {
        if (job.Seat is not AccountLine { Parked: null, Lane: var lane } || ReferenceEquals(lane.First, job))
            return state.ReasonOf(job, now)?.Reason;
        if (!behind.TryGetValue(lane, out var known)) behind[lane] = known = state.ReasonOf(job, now)?.Reason;
        return known;
    }
}
