using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Grains.Views;

/// <summary>Lists effective priorities.</summary>
internal static class PriorityViews
{
    public static PriorityPage Of(PoolState state, JobQuery query, Func<Job, bool> isAdmitted, DateTimeOffset now)
    {
        var jobs = JobSelection.First(state, query with { States = [JobState.Pending] }).Where(isAdmitted).ToList();
        var tiers = state.Config.Tiers.Select(tier => tier.Name).ToList();
        var priorities = jobs.Take(query.Limit).Select(job => state.PriorityOf(job, now)).OfType<JobPriority>()
            .OrderBy(priority => tiers.IndexOf(priority.Tier)).ThenByDescending(priority => priority.Overdue)
            .ThenByDescending(priority => priority.Total).ThenBy(priority => priority.Job);
        return new PriorityPage([.. priorities], jobs.Count > query.Limit);
    }
}
