using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>
/// How many jobs that have not ended each tier has in each state: kept with every move, so that no queue is walked to count it.
/// </summary>
internal sealed class Census
{
    private readonly Dictionary<string, Dictionary<JobState, int>> _tiers = [];

    /// <summary>Tiers that have or had jobs.</summary>
    public IReadOnlyDictionary<string, Dictionary<JobState, int>> Tiers => _tiers;

    public void Add(Job job) => Count(job, job.State, 1);

    /// <summary>A job has moved here from <paramref name="before"/>; one that had ended is added when it is back in the table.</summary>
    public void Move(Job job, JobState before)
    {
        if (before.IsEnded()) return;
        Count(job, before, -1);
        if (!job.State.IsEnded()) Add(job);
    }

    private void Count(Job job, JobState state, int change)
    {
        if (!_tiers.TryGetValue(job.Spec.Tier, out var states)) _tiers[job.Spec.Tier] = states = [];
        states[state] = states.GetValueOrDefault(state) + change;
    }
}
