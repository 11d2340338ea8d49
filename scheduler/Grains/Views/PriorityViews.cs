using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Grains.Views;

/// <summary>Lists effective priorities.</summary>
internal static class PriorityViews
{
    /// <summary>Priorities in one message.</summary>
    private const int PageSize = 5_000;

    /// <param name="state">The pool.</param>
    /// <param name="query">Which jobs.</param>
    /// <param name="skip">So many were sent before.</param>
    /// <param name="isAdmitted">False: the job does not count yet.</param>
    /// <param name="now">The present.</param>
    public static PriorityPage Of(PoolState state, JobQuery query, int skip, Func<Job, bool> isAdmitted, DateTimeOffset now)
    {
        var jobs = JobSelection.First(state, query with { States = [JobState.Pending] }).Where(isAdmitted).ToList();
        var tiers = state.Config.Tiers.Select(tier => tier.Name).ToList();
        var priorities = jobs.Take(query.Limit).Select(job => state.PriorityOf(job, now)).OfType<JobPriority>()
            .OrderBy(priority => tiers.IndexOf(priority.Tier)).ThenByDescending(priority => priority.Overdue)
            .ThenByDescending(priority => priority.Total).ThenBy(priority => priority.Job);
        var page = priorities.Skip(skip).Take(PageSize + 1).ToList();
        return new PriorityPage([.. page.Take(PageSize)], jobs.Count > query.Limit, page.Count > PageSize);
    }
}
