using System.Text.Json.Nodes;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Measures;

namespace GpuScheduler.Simulation.Pools;

/// <summary>Jobs that are told apart from others in a result: those of a tier, a user, a project, or a name.</summary>
/// <param name="Name">What they have in common; <c>-</c> where they don't say.</param>
/// <param name="Ended">Of the jobs; the others wait or run for ever.</param>
/// <param name="Attempts">Of all of them.</param>
/// <param name="BestMeanJct">s; no schedule can be below (<see cref="JctBound"/>).</param>
internal sealed record JobGroup(string Name, int Jobs, int Ended, int Attempts, Distribution Jct, Distribution Wait, double BestMeanJct)
{
    public const string ByTier = "tier";

    private static readonly Dictionary<string, Func<JobRecord, string>> s_keys = new()
    {
        [ByTier] = job => job.Tier,
        ["user"] = job => job.Job.Draft.User,
        ["project"] = job => job.Job.Draft.Project,
        ["name"] = job => job.Job.Draft.Name,
    };

    /// <summary>s; not a number if none of them ended.</summary>
    public double MeanOfEnded => Ended > 0 ? Jct.Mean : double.NaN;

    /// <summary>What jobs can be told apart by.</summary>
    public static IReadOnlyCollection<string> Ways => s_keys.Keys;

    /// <param name="way">One of <see cref="Ways"/>.</param>
    /// <returns>By name.</returns>
    public static IReadOnlyList<JobGroup> Of(PoolResult result, string way) =>
    [
        .. result.Jobs.Where(job => job.Tier.Length > 0)
            .GroupBy(s_keys[way])
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Of(group.Key, [.. group], result)),
    ];

    public static JobGroup Of(string name, IReadOnlyList<JobRecord> jobs, PoolResult result) => new(
        name.Length == 0 ? "-" : name,
        jobs.Count,
        jobs.Count(job => job.Ended is not null),
        jobs.Sum(job => job.Attempts),
        Distribution.Of(jobs.Select(job => job.Jct)),
        Distribution.Of(jobs.Select(job => job.Wait)),
        JctBound.Mean(jobs, result.Cards, result.Classes.GetValueOrDefault(DeviceClass.Cpu)?.Capacity ?? 0));

    public JsonObject ToJson() => new()
    {
        ["jobs"] = Jobs,
        ["jctSeconds"] = Jct.ToJson(),
        ["waitSeconds"] = Wait.ToJson(),
        ["bestMeanJctSeconds"] = Math.Round(BestMeanJct, 3),
    };
}
