using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Client.Commands;

/// <summary>Follows jobs until all have ended. A scheduler that restarts meanwhile is waited for: the jobs go on without it.</summary>
internal sealed class JobWaiter(Call call, SchedulerConnection connection)
{
    private readonly Dictionary<string, Job> jobs = new(StringComparer.Ordinal);
    private readonly HashSet<string> held = new(StringComparer.Ordinal);

    /// <summary>The highest exit code of all; 124 when the limit passes first.</summary>
    public async Task<int> WaitAsync(IReadOnlyList<string> ids, TimeSpan? limit, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan, call.Context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var progress = new WaitProgress(call);
        try
        {
            await FollowAsync(ids, progress, either.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled }
            && timeout.IsCancellationRequested)
        {
            throw new CommandException(
                ExitCode.Timeout, $"wait: {limit!.Value.TotalSeconds:0.#} s passed; {WaitProgress.Summary(jobs.Values)}");
        }

        return jobs.Values.Select(JobEnding.ExitCodeOf).DefaultIfEmpty(ExitCode.Success).Max();
    }

    private Task FollowAsync(IReadOnlyList<string> ids, WaitProgress progress, CancellationToken cancellationToken)
    {
        var follower = new Follower(call, connection, progress.Remark);
        var request = new WatchJobsRequest { Ids = { ids } };
        return follower.RunAsync(
            async token =>
            {
                using var watch = connection.Jobs.WatchJobs(request, cancellationToken: token);
                await foreach (var message in watch.ResponseStream.ReadAllAsync(token))
                {
                    follower.Seen();
                    Take(message, progress);
                    if (message.SnapshotComplete && jobs.Count == 0)
                        throw new CommandException(ExitCode.NotFound, $"no such job: {string.Join(", ", ids)}");
                }

                return jobs.Count > 0 && jobs.Values.All(job => JobStates.HasEnded(job.State));
            },
            cancellationToken);
    }

    private void Take(WatchJobsResponse message, WaitProgress progress)
    {
        foreach (var job in message.Jobs)
        {
            jobs[job.Id] = job;
            if (job.State == JobState.RequeueHold && held.Add(job.Id))
                progress.Remark($"job {job.Id} is held: {job.ReasonText}; 'gpusched release {job.Id}' or 'cancel' ends the wait");
        }

        progress.Show(jobs.Values);
    }
}
