using System.Runtime.CompilerServices;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Views;

namespace GpuScheduler.Host.Pools;

/// <summary>A job with attempts known of it, oldest first.</summary>
public sealed record FoundJob(JobView View, IReadOnlyList<AttemptView> Attempts);

/// <summary>Some jobs of a list.</summary>
/// <param name="Jobs">In order.</param>
/// <param name="Living">So many, from the first on, lived when the list began.</param>
/// <param name="Commit">The store's last commit when the list began.</param>
/// <param name="Next">Where the next page begins; null: there is none.</param>
public sealed record FoundPage(IReadOnlyList<FoundJob> Jobs, int Living, long Commit, JobPlace? Next)
{
    /// <summary>Where the list goes on behind one of the jobs.</summary>
    public JobPlace Behind(int at) => new(at >= Living, Jobs[at].View.Id, Commit);
}

/// <summary>Finds jobs wherever they are: the pool knows those that have not ended, the store's history all others.</summary>
public sealed class JobFinder(PoolClient pool, IPoolStore store)
{
    /// <summary>Jobs in one message inside the silo.</summary>
    public const int PageSize = 4_000;

    /// <summary>Arrays with more elements than this are read in pages alone.</summary>
    public const int MostElements = 1_000;

    /// <summary>A job, or all elements of an array; empty when it doesn't exist.</summary>
    /// <param name="id">Its id, or the array's number.</param>
    /// <param name="attempts">So many of each job's attempts, the newest.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<IReadOnlyList<FoundJob>> Find(JobId id, int attempts, CancellationToken cancellationToken)
    {
        var query = new JobQuery { Ids = [id], Limit = MostElements, Attempts = attempts };
        // The pool first: a job that ends between the two looks is then found in the store.
        var live = (await pool.Pool.GetJobs(query)).Jobs.ToDictionary(job => job.Id);
        var found = new SortedDictionary<JobId, FoundJob>();
        foreach (var stored in await store.FindJobsAsync(query, cancellationToken))
            found[stored.Job.Id] = Merge(live.GetValueOrDefault(stored.Job.Id) ?? JobViews.Of(stored.Job), stored.Attempts);
        foreach (var (one, view) in live) found.TryAdd(one, Merge(view, []));
        return [.. found.Values];
    }

    /// <summary>What the store remembers of a job; null: nothing.</summary>
    public async Task<StoredJob?> History(JobId id, CancellationToken cancellationToken)
    {
        var query = new JobQuery { Ids = [id], ExactIds = true, Limit = 1 };
        var found = await store.FindJobsAsync(query, cancellationToken);
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>Jobs that have not ended in submission order, then, if asked for, ended ones, newest first, each with its newest attempt.
    /// Pages follow each other without a gap and without doubles, also when jobs end meanwhile: a job keeps the place that it had when
    /// the list began. As many as a message inside the silo holds, or fewer.</summary>
    public async Task<FoundPage> Page(JobQuery query, bool includeEnded, JobPlace? from, CancellationToken cancellationToken)
    {
        var size = Math.Min(query.Limit, PageSize);
        query = query with { Attempts = 1 };
        var living = from is { Ended: true }
            ? new FoundPage([], 0, from.Commit, null)
            : await Living(query, includeEnded, from, size, cancellationToken);
        if (living.Next is not null || !includeEnded) return living;

        // One more than fits tells whether more match.
        var room = size - living.Living;
        var before = from is { Ended: true } ? from.Job : (JobId?)null;
        var ended = await store.FindJobsAsync(
            query with { EndedAt = living.Commit, Before = before, Limit = room + 1 }, cancellationToken);
        var page = living with { Jobs = [.. living.Jobs, .. ended.Take(room).Select(Merge)] };
        return ended.Count > room ? page with { Next = page.Behind(size - 1) } : page;
    }

    /// <summary>Page after page until all have been found.</summary>
    public async IAsyncEnumerable<IReadOnlyList<FoundJob>> Pages(
        JobQuery query, bool includeEnded, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JobPlace? next = null;
        do
        {
            var page = await Page(query, includeEnded, next, cancellationToken);
            yield return page.Jobs;
            next = page.Next;
        }
        while (next is not null);
    }

    /// <summary>Those that lived when the list began, whatever has become of them since.</summary>
    private async Task<FoundPage> Living(
        JobQuery query, bool includeEnded, JobPlace? from, int size, CancellationToken cancellationToken)
    {
        var page = await pool.Pool.GetJobs(query with { After = from?.Job, Limit = size });
        var jobs = page.Jobs.Select(view => Merge(view, [])).ToList();
        var commit = from?.Commit ?? page.Commit;
        var next = page.Truncated ? new JobPlace(false, jobs[^1].View.Id, commit) : null;
        if (from is null || !includeEnded) return new FoundPage(jobs, jobs.Count, commit, next);
        jobs = AsTheListBegan(jobs, await Turned(query, from, page, size, cancellationToken), query.States);
        if (jobs.Count <= size) return new FoundPage(jobs, jobs.Count, commit, next);
        return new FoundPage(jobs[..size], size, commit, new JobPlace(false, jobs[size - 1].View.Id, commit));
    }

    /// <summary>With those that ended since, and without those that came back: they have a place among the ended ones.</summary>
    private static List<FoundJob> AsTheListBegan(List<FoundJob> living, IReadOnlyList<StoredJob> turned, IReadOnlyList<JobState> states)
    {
        var (ended, back) = (new List<StoredJob>(), new HashSet<JobId>());
        foreach (var stored in turned)
        {
            if (!stored.Job.State.IsEnded()) back.Add(stored.Job.Id);
            else if (states.Count == 0 || states.Contains(stored.Job.State)) ended.Add(stored);
        }

        return [.. living.Where(job => !back.Contains(job.View.Id)).Concat(ended.Select(Merge)).DistinctBy(job => job.View.Id)
            .OrderBy(job => job.View.Id)];
    }

    /// <summary>Jobs among those of the page, or between them, that ended since the list began, or came back.</summary>
    private Task<IReadOnlyList<StoredJob>> Turned(
        JobQuery query, JobPlace from, JobPage page, int size, CancellationToken cancellationToken)
    {
        var last = page.Truncated ? page.Jobs[^1].Id : (JobId?)null;
        return store.FindJobsAsync(
            query with
            {
                States = [],
                TurnedAfter = from.Commit,
                After = from.Job,
                Before = last is { } id ? id with { Index = id.Index + 1 } : null,
                OldestFirst = true,
                Limit = size + 1,
            },
            cancellationToken);
    }

    private static FoundJob Merge(StoredJob stored) => Merge(JobViews.Of(stored.Job), stored.Attempts);

    private static FoundJob Merge(JobView view, IReadOnlyList<Attempt> stored)
    {
        var older = stored.Where(attempt => attempt.Id.Number != view.Attempt?.Number).Select(AttemptView.Of);
        return new FoundJob(view, view.Attempt is null ? [.. older] : [.. older, view.Attempt]);
    }
}
