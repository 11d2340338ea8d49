using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>
/// Sums up an array by state and reason, in one look at each element: an array may have hundreds of thousands. Of elements in one line
/// only the first is asked why it waits, and one that stands behind it.
/// </summary>
internal static class ArrayDigest
{
    /// <summary>Those that have not ended first; in the order of states, the largest group of a state first.</summary>
    public static IReadOnlyList<ArrayGroup> Of(PoolState state, long number, DateTimeOffset now)
    {
        var behind = new Dictionary<Lane, Reason?>(ReferenceEqualityComparer.Instance);
        var groups = new Dictionary<(JobState State, Reason? Reason), Tally>();
        foreach (var job in state.ElementsOf(number)) Count(groups, (job.State, ReasonOf(state, job, behind, now)), job.Id.Index);
        foreach (var (index, ended) in state.EndedElementsOf(number)) Count(groups, (ended, null), index);
        return
        [
            .. groups.Select(group => Group(state, number, group.Key, group.Value, now))
                .OrderBy(group => group.State).ThenByDescending(group => group.Count).ThenBy(group => group.Reason),
        ];
    }

    private static void Count(Dictionary<(JobState State, Reason? Reason), Tally> groups, (JobState, Reason?) key, int index)
    {
        if (!groups.TryGetValue(key, out var tally)) groups[key] = tally = new Tally();
        tally.Add(index);
    }

    private static ArrayGroup Group(PoolState state, long number, (JobState State, Reason? Reason) key, Tally tally, DateTimeOffset now)
    {
        JobId[] first = [.. tally.First.Select(index => new JobId(number, index))];
        var text = state.FindJob(first[0]) is { } job ? state.ReasonOf(job, now)?.Text : null;
        return new ArrayGroup(key.State, key.Reason, tally.Count, first, text ?? "");
    }

    private static Reason? ReasonOf(PoolState state, Job job, Dictionary<Lane, Reason?> behind, DateTimeOffset now)
    {
        if (job.Seat is not AccountLine { Parked: null, Lane: var lane } || ReferenceEquals(lane.First, job))
            return state.ReasonOf(job, now)?.Reason;
        if (!behind.TryGetValue(lane, out var known)) behind[lane] = known = state.ReasonOf(job, now)?.Reason;
        return known;
    }

    private sealed class Tally
    {
        /// <summary>Elements of a group that are named.</summary>
        private const int Named = 3;

        private readonly List<int> _first = [];

        public int Count { get; private set; }

        /// <summary>The smallest indexes, in order.</summary>
        public IReadOnlyList<int> First => _first;

        public void Add(int index)
        {
            Count++;
            if (_first.Count == Named && index > _first[^1]) return;
            _first.Insert(~_first.BinarySearch(index), index);
            if (_first.Count > Named) _first.RemoveAt(Named);
        }
    }
}
