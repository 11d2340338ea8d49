using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Calendars;

/// <summary>How long a node must stay open for a job to be worth starting there.</summary>
internal static class Stay
{
    /// <summary>Its time limit and grace; or, if it saves its work and may be queued again, a start and its grace: it is stopped in
    /// time and goes on later. Null: it has neither, and nobody knows when it would be gone.</summary>
    public static TimeSpan? Of(JobSpec spec, PreemptionConfig costs)
    {
        var whole = spec.TimeLimit + spec.Grace;
        if (!spec.Draft.Checkpoint.Enabled || spec.Draft.NoRequeue) return whole;
        var saved = costs.RestartCost + spec.Grace;
        return whole < saved ? whole : saved;
    }
}
