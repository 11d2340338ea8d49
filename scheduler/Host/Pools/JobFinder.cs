using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Views;

namespace GpuScheduler.Host.Pools;

/// <summary>A job with the attempts known of it, oldest first.</summary>
public sealed record FoundJob(JobView View, IReadOnlyList<AttemptView> Attempts);

/// <summary>Finds jobs wherever they are: the pool knows those that have not ended, the store's history all others.</summary>
public sealed class JobFinder(PoolClient pool, IPoolStore store)
{
    /// <summary>Most elements that one array may have.</summary>
    private const int MostElements = 1_000_000;

    /// <summary>A job, or all elements of an array, with every attempt; empty when it doesn't exist.</summary>
    public async Task<IReadOnlyList<FoundJob>> Find(IReadOnlyList<JobId> ids, CancellationToken cancellationToken)
    {
        var query = new JobQuery { Ids = ids, Limit = MostElements };
        // The pool first: a job that ends between the two looks is then found in the store.
        var live = (await pool.Pool.GetJobs(query)).Jobs.ToDictionary(job => job.Id);
        var found = new SortedDictionary<JobId, FoundJob>();
        foreach (var stored in await store.FindJobsAsync(query, cancellationToken))
            found[stored.Job.Id] = Merge(live.GetValueOrDefault(stored.Job.Id) ?? JobViews.Of(stored.Job), stored.Attempts);
        foreach (var (id, view) in live) found.TryAdd(id, Merge(view, []));
        return [.. found.Values];
    }

    /// <summary>What the store remembers of a job, or of all elements of an array.</summary>
    public Task<IReadOnlyList<StoredJob>> History(JobId id, CancellationToken cancellationToken) =>
        store.FindJobsAsync(new JobQuery { Ids = [id], Limit = MostElements }, cancellationToken);

    /// <summary>Jobs that have not ended in submission order, then, if asked for, ended ones, newest first. Without old attempts.</summary>
    public async Task<(IReadOnlyList<FoundJob> Jobs, bool Truncated)> List(
        JobQuery query, bool includeEnded, CancellationToken cancellationToken)
    {
        var live = await pool.Pool.GetJobs(query);
        var jobs = live.Jobs.Select(view => Merge(view, [])).ToList();
        if (!includeEnded || live.Truncated) return (jobs, live.Truncated);

        // One more than fits tells whether more matched.
        var room = query.Limit - jobs.Count;
        var ended = await store.FindJobsAsync(query with { EndedOnly = true, Limit = Math.Min(room + 1, MostElements) }, cancellationToken);
        jobs.AddRange(ended.Take(room).Select(stored => Merge(JobViews.Of(stored.Job), stored.Attempts)));
        return (jobs, ended.Count > room);
    }

    private static FoundJob Merge(JobView view, IReadOnlyList<Attempt> stored)
    {
        var older = stored.Where(attempt => attempt.Id.Number != view.Attempt?.Number).Select(AttemptView.Of);
        return new FoundJob(view, view.Attempt is null ? [.. older] : [.. older, view.Attempt]);
    }
}
