using System.Runtime.CompilerServices;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Calls;

/// <summary>Asks on until everything has come: the scheduler cuts each answer at about 1 MiB.</summary>
internal static class Pages
{
    /// <summary>What the scheduler takes a limit of 0 for.</summary>
    private const int DefaultLimit = 10_000;

    /// <summary>Page by page, so that the first can be shown while the others are still under way. A job that ended meanwhile may come
    /// a second time, as it is then. The last page says whether the limit left some out.</summary>
    public static async IAsyncEnumerable<ListJobsResponse> JobsAsync(
        SchedulerConnection connection, ListJobsRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (next, left) = (request.Clone(), request.Limit > 0 ? request.Limit : DefaultLimit);
        while (true)
        {
            var page = await connection.CallAsync(options => connection.Jobs.ListJobsAsync(next, options), cancellationToken);
            yield return page;
            left -= page.Jobs.Count;
            if (page.NextPageToken.Length == 0 || left <= 0) yield break;
            (next.PageToken, next.Limit) = (page.NextPageToken, left);
        }
    }

    /// <summary>All of a list of jobs, each once, and whether the limit left some out.</summary>
    public static async Task<(List<Job> Jobs, bool Truncated)> AllJobsAsync(
        SchedulerConnection connection, ListJobsRequest request, CancellationToken cancellationToken)
    {
        var (jobs, seen, truncated) = (new List<Job>(), new HashSet<string>(StringComparer.Ordinal), false);
        await foreach (var page in JobsAsync(connection, request, cancellationToken))
        {
            jobs.AddRange(page.Jobs.Where(job => seen.Add(job.Id)));
            truncated = page.Truncated;
        }

        return (jobs, truncated);
    }

    /// <summary>A pool with all its nodes.</summary>
    public static async Task<Pool> PoolAsync(SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var pool = new Pool();
        for (var request = new GetPoolRequest(); ;)
        {
            var answer = await connection.CallAsync(options => connection.Pools.GetPoolAsync(request, options), cancellationToken);
            var nodes = answer.Pool.Nodes.ToList();
            if (request.PageToken.Length == 0) pool = answer.Pool;
            else pool.Nodes.Add(nodes);
            if (answer.NextPageToken.Length == 0) return pool;
            request = new GetPoolRequest { PageToken = answer.NextPageToken };
        }
    }

    /// <summary>All accounts.</summary>
    public static async Task<List<AccountShare>> SharesAsync(SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var accounts = new List<AccountShare>();
        for (var request = new GetSharesRequest(); ;)
        {
            var answer = await connection.CallAsync(options => connection.Pools.GetSharesAsync(request, options), cancellationToken);
            accounts.AddRange(answer.Accounts);
            if (answer.NextPageToken.Length == 0) return accounts;
            request = new GetSharesRequest { PageToken = answer.NextPageToken };
        }
    }

    /// <summary>All priorities, and whether the limit left some out.</summary>
    public static async Task<(List<JobPriority> Jobs, bool Truncated)> PrioritiesAsync(
        SchedulerConnection connection, GetPrioritiesRequest request, CancellationToken cancellationToken)
    {
        var (jobs, next) = (new List<JobPriority>(), request.Clone());
        while (true)
        {
            var answer = await connection.CallAsync(options => connection.Jobs.GetPrioritiesAsync(next, options), cancellationToken);
            jobs.AddRange(answer.Jobs);
            if (answer.NextPageToken.Length == 0) return (jobs, answer.Truncated);
            next.PageToken = answer.NextPageToken;
        }
    }
}
