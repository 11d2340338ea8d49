using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Client.Commands;

/// <summary>
/// The queue as it changes: redrawn in place on a terminal, one line a change elsewhere. Outlives restarts of the scheduler.
/// </summary>
internal sealed class QueueWatch(Call call, SchedulerConnection connection, ListJobsRequest filter, IQueueBoard board)
{
    private const int IdsAtOnce = 10_000;

    private readonly Follower follower = new(call, connection, board.Remark);

    /// <summary>Jobs that had not ended when they were last heard of.</summary>
    private readonly HashSet<string> open = new(StringComparer.Ordinal);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await follower.RunAsync(ReadAsync, cancellationToken);
        }
        catch (Exception failure) when (failure is OperationCanceledException or RpcException && cancellationToken.IsCancellationRequested)
        {
        }

        return ExitCode.Success;
    }

    /// <summary>The stream begins with all jobs as they stand, then tells changes.</summary>
    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var missing = open.ToHashSet();
        using var stream = connection.Jobs.WatchJobs(new WatchJobsRequest { Ids = { filter.Ids } }, cancellationToken: cancellationToken);
        await foreach (var message in stream.ResponseStream.ReadAllAsync(cancellationToken))
        {
            follower.Seen();
            missing.ExceptWith(message.Jobs.Select(job => job.Id));
            Take(message.Jobs);
            if (message.SnapshotComplete && missing.Count > 0)
            {
                Take(await EndedMeanwhileAsync(missing, cancellationToken));
                missing.Clear();
            }
        }

        return true;
    }

    /// <summary>What ended while the stream was broken is not among the jobs that a stream begins with.</summary>
    private async Task<IEnumerable<Job>> EndedMeanwhileAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var ended = new List<Job>();
        foreach (var some in ids.Chunk(IdsAtOnce))
        {
            var request = new ListJobsRequest { Ids = { some }, IncludeEnded = true, Limit = IdsAtOnce };
            ended.AddRange(await Pages.AllJobsAsync(connection, request, cancellationToken));
        }

        return ended;
    }

    private void Take(IEnumerable<Job> jobs)
    {
        foreach (var job in jobs)
        {
            if (JobStates.HasEnded(job.State)) open.Remove(job.Id);
            else open.Add(job.Id);
            board.Take(job, Matches(job));
        }

        board.Show();
    }

    private bool Matches(Job job) =>
        (filter.IncludeEnded || !JobStates.HasEnded(job.State))
        && (!filter.HasWhose || filter.User == job.Spec.User)
        && (filter.Tier.Length == 0 || filter.Tier == job.Tier)
        && (filter.Name.Length == 0 || filter.Name == job.Spec.Name)
        && (filter.States.Count == 0 || filter.States.Contains(job.State));
}
