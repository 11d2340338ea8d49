using GpuScheduler.Common.Time;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Reports;

/// <summary>Which jobs never end, and why: the first few of many. Nothing where all do.</summary>
internal static class UnendedSection
{
    private const int Most = 20;

    public static Markup Of(PoolResult result)
    {
        var jobs = UnendedJobs.Of(result);
        return jobs.Count == 0
            ? Markup.Nothing
            : Markup.Of($"""
                <section>
                <h2>Never ended</h2>
                <ul>
                {jobs.Take(Most).Select(job => Markup.Of($"<li><b>{job.Title}</b> {Why(job, result)}</li>\n"))}
                </ul>
                {(jobs.Count > Most ? Markup.Of($"<p class=\"note\">and {jobs.Count - Most} more</p>") : Markup.Nothing)}
                </section>
                """);
    }

    private static string Why(NamedJob job, PoolResult result) => MomentText.Within(UnendedJobs.Why(job.Job), result.Zone);
}
