using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Views;
using GpuScheduler.Host.Grpc;
using GpuScheduler.Host.Pools;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Host.Watching;

/// <summary>Serves WatchJobs: the jobs as they stand, then each change, until all named jobs have ended.</summary>
public sealed class JobWatch(PoolFeed feed, JobFinder finder, WireJobs wire)
{
    private const int MostJobs = 1_000_000;

    public async Task Run(IReadOnlyList<JobId> named, IServerStreamWriter<WatchJobsResponse> writer, CancellationToken cancellationToken)
    {
        using var changes = await feed.Subscribe();
        // Thousands may be named, and every change of the pool is held against them.
        var names = named.ToHashSet();
        do
        {
            changes.Forget();
            var open = await Snapshot(named, writer, cancellationToken);
            if (await Follow(names, open, changes, writer, cancellationToken)) return;
        }
        while (!cancellationToken.IsCancellationRequested);
    }

    /// <summary>Sends everything and returns the named jobs that have not ended.</summary>
    private async Task<HashSet<JobId>> Snapshot(
        IReadOnlyList<JobId> named, IServerStreamWriter<WatchJobsResponse> writer, CancellationToken cancellationToken)
    {
        var (open, found) = (new HashSet<JobId>(), new HashSet<JobId>());
        // All that live, or all that are named, whatever became of them.
        await foreach (var jobs in finder.Pages(new JobQuery { Ids = named, Limit = MostJobs }, named.Count > 0, cancellationToken))
        {
            await Write(await wire.Of(jobs), writer, cancellationToken);
            found.UnionWith(jobs.SelectMany(job => NamesOf(job.View.Id)));
            Update(open, jobs.Select(job => job.View));
        }

        foreach (var missing in named.Where(id => !found.Contains(id)))
            throw JobIds.NotFound(missing);
        await writer.WriteAsync(new WatchJobsResponse { SnapshotComplete = true }, cancellationToken);
        return open;
    }

    private static async Task Write(
        IReadOnlyList<Protos.V1.Job> jobs, IServerStreamWriter<WatchJobsResponse> writer, CancellationToken stop)
    {
        foreach (var page in AnswerSize.Pages(jobs)) await writer.WriteAsync(new WatchJobsResponse { Jobs = { page } }, stop);
    }

    /// <summary>True when there is nothing left to wait for; false when the watcher must look anew.</summary>
    private async Task<bool> Follow(
        HashSet<JobId> named, HashSet<JobId> open, FeedSubscription changes, IServerStreamWriter<WatchJobsResponse> writer,
        CancellationToken cancellationToken)
    {
        while (named.Count == 0 || open.Count > 0)
        {
            await changes.Wait(cancellationToken);
            while (!changes.Missed && changes.TryTake(out var change))
            {
                var wanted = change!.Jobs.Where(job => named.Count == 0 || NamesOf(job.Id).Any(named.Contains)).ToList();
                await Write(await wire.Of(wanted), writer, cancellationToken);
                Update(open, wanted);
            }

            if (changes.Missed) return false;
        }

        return true;
    }

    private static void Update(HashSet<JobId> open, IEnumerable<JobView> jobs)
    {
        foreach (var job in jobs)
        {
            if (job.State.IsEnded()) open.Remove(job.Id);
            else open.Add(job.Id);
        }
    }

    /// <summary>By what a caller may have named the job: its id, or its array's number.</summary>
    private static JobId[] NamesOf(JobId job) => job.IsElement ? [job, new JobId(job.Number)] : [job];
}
