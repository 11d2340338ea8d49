using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>Where a dependency stands.</summary>
internal enum DependencyStatus
{
    /// <summary>The job may start.</summary>
    Met,

    /// <summary>Something has still to happen.</summary>
    Waiting,

    /// <summary>It can't be met any more.</summary>
    Never,
}

/// <summary>Judges dependencies. An array counts as one thing: it succeeded when all elements did, it failed when all have ended
/// and at least one had not succeeded.</summary>
internal static class Dependencies
{
    /// <summary>Where a job's dependency stands, with the term that decides.</summary>
    public static (DependencyStatus Status, string Text) Of(DependencySpec? spec, JobTable jobs)
    {
        if (spec is null) return (DependencyStatus.Met, "");
        var decisive = spec.AnyOf ? DependencyStatus.Met : DependencyStatus.Never;
        (DependencyStatus Status, string Text)? open = null, last = null;
        foreach (var term in spec.Terms)
        {
            var status = Of(term, jobs);
            if (status == decisive) return (status, Describe(term, status, jobs));
            last = (status, Describe(term, status, jobs));
            if (status == DependencyStatus.Waiting) open ??= last;
        }

        return open ?? last ?? (DependencyStatus.Met, "");
    }

    private static DependencyStatus Of(DependencyTerm term, JobTable jobs)
    {
        if (!term.Job.IsElement && jobs.ArrayOf(term.Job.Number) is { } array) return OfArray(term, array);
        if (jobs.EndOf(term.Job) is { } end) return OfEnded(term.Kind, end == JobState.Completed);
        return jobs.Find(term.Job) is { } job && term.Kind == DependencyKind.After && job.StartTime is not null
            ? DependencyStatus.Met
            : DependencyStatus.Waiting;
    }

    private static DependencyStatus OfEnded(DependencyKind kind, bool well) => kind switch
    {
        DependencyKind.AfterOk => well ? DependencyStatus.Met : DependencyStatus.Never,
        DependencyKind.AfterNotOk => well ? DependencyStatus.Never : DependencyStatus.Met,
        DependencyKind.AfterAny or DependencyKind.After => DependencyStatus.Met,
    };

    private static DependencyStatus OfArray(DependencyTerm term, ArrayTally array)
    {
        if (array.Live.Count == 0) return OfEnded(term.Kind, array.EndedBadly == 0);
        if (term.Kind == DependencyKind.AfterOk && array.EndedBadly > 0) return DependencyStatus.Never;
        if (term.Kind != DependencyKind.After) return DependencyStatus.Waiting;
        return array.Live.Values.All(job => job.StartTime is not null)
            ? DependencyStatus.Met
            : DependencyStatus.Waiting;
    }

    private static string Describe(DependencyTerm term, DependencyStatus status, JobTable jobs) => status switch
    {
        DependencyStatus.Waiting => $"waits for job {term.Job} to {Wanted(term.Kind)}",
        DependencyStatus.Never => $"job {term.Job} ended {EndName(term.Job, jobs)}, and {Kind(term.Kind)} can never be met",
        DependencyStatus.Met => "",
    };

    private static string EndName(JobId id, JobTable jobs) =>
        jobs.EndOf(id)?.DisplayName()
            ?? (jobs.ArrayOf(id.Number) is { EndedBadly: > 0 } array ? $"with {array.EndedBadly} elements failed" : "well");

    private static string Wanted(DependencyKind kind) => kind switch
    {
        DependencyKind.AfterOk => "complete",
        DependencyKind.AfterNotOk => "fail",
        DependencyKind.AfterAny => "end",
        DependencyKind.After => "start",
    };

    private static string Kind(DependencyKind kind) => kind switch
    {
        DependencyKind.AfterOk => "afterok",
        DependencyKind.AfterNotOk => "afternotok",
        DependencyKind.AfterAny => "afterany",
        DependencyKind.After => "after",
    };
}
