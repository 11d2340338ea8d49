using GpuScheduler.Core.Config;
using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Calendars;

/// <summary>How long a node must stay open for a job to be worth starting there.</summary>
internal sealed class Stay(PreemptionConfig costs, FamilyBook families)
{
    private (JobSpec? Spec, int Version, TimeSpan? Need) _last;

    /// <summary>
    /// Its time limit, or else the cautious estimate of earlier runs, and its grace; or, if it saves its work and may be queued again, a
    /// start and its grace: it is stopped in time and goes on later. Null: nothing of this is known, and so it is not known when it would
    /// be gone. An estimate promises nothing: a job that overruns it is stopped at the closing like all others.
    /// </summary>
    public TimeSpan? Of(JobSpec spec)
    {
        // A search asks for one job at many nodes.
        if (!ReferenceEquals(_last.Spec, spec) || _last.Version != families.Version) _last = (spec, families.Version, Find(spec));
        return _last.Need;
    }

    /// <summary>True where nothing but earlier runs tells that it will be gone.</summary>
    public bool IsEstimated(JobSpec spec) => spec.TimeLimit is null && !Saves(spec) && Of(spec) is not null;

    private TimeSpan? Find(JobSpec spec)
    {
        if (!Saves(spec)) return (spec.TimeLimit ?? RunTimes.Cautious(families.Of(spec))) + spec.Grace;
        var (whole, saved) = (spec.TimeLimit + spec.Grace, costs.RestartCost + spec.Grace);
        return whole < saved ? whole : saved;
    }

    private static bool Saves(JobSpec spec) => spec.Draft.Checkpoint.Enabled && !spec.Draft.NoRequeue;
}
