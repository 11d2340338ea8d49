using System.Runtime.CompilerServices;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Calls;

/// <summary>Some entries of a list, as they came in one answer.</summary>
/// <param name="Entries">In order.</param>
/// <param name="IsLast">No page follows.</param>
/// <param name="IsTruncated">More matched; of the last page: the limit left some out.</param>
internal sealed record Page<T>(IReadOnlyList<T> Entries, bool IsLast, bool IsTruncated = false);

/// <summary>Asks on until everything has come: the scheduler cuts each answer at about 1 MiB. Page by page, so that the first is
/// shown while the others are still under way, and none needs memory for all.</summary>
internal static class Pages
{
    /// <summary>Each job comes once, also when it ends meanwhile.</summary>
    public static async IAsyncEnumerable<Page<Job>> JobsAsync(
        SchedulerConnection connection, ListJobsRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = request.Clone();
        do
        {
            var answer = await connection.CallAsync(options => connection.Jobs.ListJobsAsync(next, options), cancellationToken);
            next.PageToken = answer.NextPageToken;
            yield return new Page<Job>(answer.Jobs, next.PageToken.Length == 0, answer.Truncated);
        }
        while (next.PageToken.Length > 0);
    }

    /// <summary>All of a list of jobs; for lists that are known to be short.</summary>
    public static async Task<List<Job>> AllJobsAsync(
        SchedulerConnection connection, ListJobsRequest request, CancellationToken cancellationToken)
    {
        var jobs = new List<Job>();
        await foreach (var page in JobsAsync(connection, request, cancellationToken))
            jobs.AddRange(page.Entries);

        return jobs;
    }

    /// <summary>A pool's nodes, with what else the pool says of itself in each page.</summary>
    public static async IAsyncEnumerable<(Pool Pool, Page<Node> Nodes)> NodesAsync(
        SchedulerConnection connection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = new GetPoolRequest();
        do
        {
            var answer = await connection.CallAsync(options => connection.Pools.GetPoolAsync(next, options), cancellationToken);
            next.PageToken = answer.NextPageToken;
            yield return (answer.Pool, new Page<Node>(answer.Pool.Nodes, next.PageToken.Length == 0));
        }
        while (next.PageToken.Length > 0);
    }

    public static async IAsyncEnumerable<Page<AccountShare>> SharesAsync(
        SchedulerConnection connection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = new GetSharesRequest();
        do
        {
            var answer = await connection.CallAsync(options => connection.Pools.GetSharesAsync(next, options), cancellationToken);
            next.PageToken = answer.NextPageToken;
            yield return new Page<AccountShare>(answer.Accounts, next.PageToken.Length == 0);
        }
        while (next.PageToken.Length > 0);
    }

    public static async IAsyncEnumerable<Page<JobPriority>> PrioritiesAsync(
        SchedulerConnection connection, GetPrioritiesRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = request.Clone();
        do
        {
            var answer = await connection.CallAsync(options => connection.Jobs.GetPrioritiesAsync(next, options), cancellationToken);
            next.PageToken = answer.NextPageToken;
            yield return new Page<JobPriority>(answer.Jobs, next.PageToken.Length == 0, answer.Truncated);
        }
        while (next.PageToken.Length > 0);
    }
}
