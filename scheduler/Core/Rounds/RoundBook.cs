using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Rounds;

/// <summary>A pool's rounds: when the next one begins, and to whom the present one gives cards.</summary>
internal sealed class RoundBook(PoolPolicy policy)
{
    private readonly List<Job> _named = [];
    private readonly Dictionary<string, Job> _blockers = new(StringComparer.Ordinal);
    private Dictionary<JobId, int> _standing = [];

    public PoolPolicy Policy { get; } = policy;

    /// <summary>When the policy decides anew; null: at once.</summary>
    public DateTimeOffset? NextAt { get; private set; }

    /// <summary>
    /// In a strict line, the job that has no room and keeps all behind it from starting; null: none, as far as the last cycle saw.
    /// </summary>
    public Job? BlockerOf(string tier) => _blockers.GetValueOrDefault(tier) is { State: JobState.Pending } job ? job : null;

    public void SetBlocker(Job job) => _blockers[job.Spec.Tier] = job;

    public bool IsDue(DateTimeOffset now) => Policy.Sharing is not null && !(NextAt > now);

    /// <summary>Where a job stood among equals in the last round; the greatest number: it was not there.</summary>
    public int StandingOf(Job job) => _standing.GetValueOrDefault(job.Id, int.MaxValue);

    /// <summary>A round begins: those it names take their places, all others lose theirs.</summary>
    /// <param name="places">Jobs that wait and are to get cards, with 1 for the first; jobs that run and should make room, with -1.</param>
    /// <param name="standing">What <see cref="StandingOf"/> says from now on.</param>
    /// <param name="next">When the next one begins.</param>
    public void Begin(IReadOnlyList<(Job Job, int Place)> places, Dictionary<JobId, int> standing, DateTimeOffset next)
    {
        foreach (var job in _named) SetPlace(job, 0);
        _named.Clear();
        foreach (var (job, place) in places)
        {
            SetPlace(job, place);
            _named.Add(job);
        }

        (_standing, NextAt) = (standing, next);
    }

    /// <summary>A job's line is sorted by its place, so it leaves the line while that changes.</summary>
    private static void SetPlace(Job job, int place)
    {
        if (job.RoundPlace == place) return;
        var line = job.Seat as AccountLine;
        line?.Remove(job);
        job.RoundPlace = place;
        line?.Lane.Add(job);
    }
}
