using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Grains.Views;

/// <summary>Picks jobs out of a pool's queue without copying the queue: a million may wait when ten are asked for.</summary>
internal static class JobSelection
{
    /// <summary>The first matching jobs in submission order, one more than asked for when there are more.</summary>
    public static IReadOnlyList<Job> First(PoolState state, JobQuery query)
    {
        var (named, most) = (query.Ids.ToHashSet(), query.Limit + 1);
        return Exact(state, query) is { } few
            ? [.. few.Where(job => Matches(job, query, named)).OrderBy(job => job.Id).Take(most)]
            : state.JobsBehind(query.After, job => Matches(job, query, named), most);
    }

    /// <summary>All matching jobs, in no particular order.</summary>
    public static IEnumerable<Job> All(PoolState state, JobQuery query)
    {
        var named = query.Ids.ToHashSet();
        return (Exact(state, query) ?? state.Jobs).Where(job => Matches(job, query, named));
    }

    /// <summary>The jobs named, elements of arrays included; null when the whole queue must be looked at.</summary>
    private static List<Job>? Exact(PoolState state, JobQuery query)
    {
        if (query.Ids.Count is 0 or > 100) return null;
        var jobs = new List<Job>();
        foreach (var id in query.Ids.Distinct())
        {
            if (state.FindJob(id) is { } job) jobs.Add(job);
            else if (!id.IsElement) jobs.AddRange(state.ElementsOf(id.Number));
        }

        return jobs.Count < 2 ? jobs : [.. jobs.Distinct()];
    }

    private static bool Matches(Job job, JobQuery query, HashSet<JobId> named) =>
        (named.Count == 0 || named.Contains(job.Id) || named.Contains(new JobId(job.Id.Number)))
        && (query.User.Length == 0 || query.User == job.Spec.User)
        && (query.Tier.Length == 0 || query.Tier == job.Spec.Tier)
        && (query.Name.Length == 0 || query.Name == job.Spec.Name)
        && (query.After is not { } after || job.Id.CompareTo(after) > 0)
        && (query.States.Count == 0 || query.States.Contains(job.State));
}
