using System.Runtime.CompilerServices;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Views;

namespace GpuScheduler.Host.Pools;

/// <summary>A job with the attempts known of it, oldest first.</summary>
public sealed record FoundJob(JobView View, IReadOnlyList<AttemptView> Attempts)
{
    /// <summary>It comes from history.</summary>
    public bool HasEnded => View.State.IsEnded();
}

/// <summary>Some jobs of a list.</summary>
/// <param name="Jobs">In order.</param>
/// <param name="Next">Where the next page begins; null: there is none.</param>
public sealed record FoundPage(IReadOnlyList<FoundJob> Jobs, PageToken? Next);

/// <summary>Finds jobs wherever they are: the pool knows those that have not ended, the store's history all others.</summary>
public sealed class JobFinder(PoolClient pool, IPoolStore store)
{
    /// <summary>Jobs in one message inside the silo.</summary>
    private const int PageSize = 2_000;

    /// <summary>Arrays with more elements than this are read in pages alone.</summary>
    public const int MostElements = 1_000;

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

    /// <summary>Jobs that have not ended in submission order, then, if asked for, ended ones, newest first. Without old attempts. So many
    /// as a message inside the silo holds, or fewer: the page says where the next one begins.</summary>
    public async Task<FoundPage> Page(JobQuery query, bool includeEnded, PageToken? from, CancellationToken cancellationToken)
    {
        var jobs = new List<FoundJob>();
        var size = Math.Min(query.Limit, PageSize);
        if (from is not { Ended: true })
        {
            var live = await pool.Pool.GetJobs(query with { After = from?.Job, Limit = size });
            jobs.AddRange(live.Jobs.Select(view => Merge(view, [])));
            if (live.Truncated) return new FoundPage(jobs, new PageToken(false, jobs[^1].View.Id));
            if (!includeEnded) return new FoundPage(jobs, null);
        }

        // One more than fits tells whether more matched.
        var (room, before) = (size - jobs.Count, from is { Ended: true } ? from.Job : (JobId?)null);
        var ended = await store.FindJobsAsync(
            query with { EndedOnly = true, Before = before, Limit = room + 1 }, cancellationToken);
        jobs.AddRange(ended.Take(room).Select(stored => Merge(JobViews.Of(stored.Job), stored.Attempts)));
        var last = room > 0 ? jobs.Count > 0 ? jobs[^1].View.Id : default : before ?? new JobId(long.MaxValue);
        return new FoundPage(jobs, ended.Count > room ? new PageToken(true, last) : null);
    }

    /// <summary>Page after page until all have been found.</summary>
    public async IAsyncEnumerable<IReadOnlyList<FoundJob>> Pages(
        JobQuery query, bool includeEnded, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PageToken? next = null;
        do
        {
            var page = await Page(query, includeEnded, next, cancellationToken);
            yield return page.Jobs;
            next = page.Next;
        }
        while (next is not null);
    }

    private static FoundJob Merge(JobView view, IReadOnlyList<Attempt> stored)
    {
        var older = stored.Where(attempt => attempt.Id.Number != view.Attempt?.Number).Select(AttemptView.Of);
        return new FoundJob(view, view.Attempt is null ? [.. older] : [.. older, view.Attempt]);
    }
}
