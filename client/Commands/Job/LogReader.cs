using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Common.Network;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Client.Commands;

/// <summary>Copies a job's output through, byte for byte.</summary>
internal sealed class LogReader(Call call, SchedulerConnection connection, string id)
{
    private readonly Follower follower = new(call, connection, call.Remark);

    public bool StandardError { get; init; }

    /// <summary>0: all.</summary>
    public int TailLines { get; init; }

    /// <summary>Of a gang: whose output.</summary>
    public int Rank { get; init; }

    /// <summary>Prints what one attempt has written so far (0: the newest).</summary>
    public async Task PrintAsync(int attempt, CancellationToken cancellationToken)
    {
        try
        {
            await CopyAsync(
                new StreamLogsRequest { Id = id, Attempt = attempt, StandardError = StandardError, TailLines = TailLines, Rank = Rank },
                cancellationToken);
        }
        catch (RpcException failure) when (GrpcFault.IsUnreachable(failure))
        {
            throw connection.Unreachable(failure);
        }
    }

    /// <summary>Prints attempt after attempt until the job has ended, waiting for one to start where there is none yet. Outlives
    /// restarts of the scheduler and of the job's node.</summary>
    public async Task FollowAsync(int firstAttempt, CancellationToken cancellationToken)
    {
        var attempt = firstAttempt;
        var printed = 0;
        while (true)
        {
            var job = await NextAsync(job => JobStates.HasEnded(job.State) || job.Attempt > printed, cancellationToken);
            if (job.Attempt == 0)
                call.Remark($"job {id} has no output: it ended before anything was started, {JobDetails.StateOf(job)}");
            if (job.Attempt <= printed || job.Attempt == 0)
                return;

            attempt = printed == 0 && attempt == 0 ? job.Attempt : Math.Max(attempt, printed + 1);
            if (printed > 0)
                call.Remark($"job {id}: attempt {attempt} on {NodeOf(job)}{Resumed(job)}");

            await FollowAttemptAsync(attempt, cancellationToken);
            printed = attempt;
        }
    }

    /// <summary>A new connection goes on at the byte where the last one broke.</summary>
    private async Task FollowAttemptAsync(int attempt, CancellationToken cancellationToken)
    {
        var request = new StreamLogsRequest
        {
            Id = id, Attempt = attempt, Follow = true, StandardError = StandardError, TailLines = TailLines, Rank = Rank,
        };
        await follower.RunAsync(
            async token =>
            {
                await CopyAsync(request, token);
                return true;
            },
            cancellationToken);
    }

    private async Task CopyAsync(StreamLogsRequest request, CancellationToken cancellationToken)
    {
        using var stream = connection.Jobs.StreamLogs(request, cancellationToken: cancellationToken);
        var output = call.Context.Console.OutBytes;
        await foreach (var chunk in stream.ResponseStream.ReadAllAsync(cancellationToken))
        {
            follower.Seen();
            if (chunk.Remark.Length > 0)
                call.Remark($"job {id}: {chunk.Remark}");
            await output.WriteAsync(chunk.Data.Memory, cancellationToken);
            await output.FlushAsync(cancellationToken);
            if (chunk.Data.Length > 0) (request.Offset, request.TailLines) = (chunk.Offset + chunk.Data.Length, 0);
        }
    }

    private string NodeOf(Job job) => Rank < job.Nodes.Count ? job.Nodes[Rank].Node : job.Node;

    private static string Resumed(Job job) => job.HasResumedFromStep ? $", from step {job.ResumedFromStep}" : "";

    private async Task<Job> NextAsync(Func<Job, bool> isReady, CancellationToken cancellationToken)
    {
        Job? next = null;
        await follower.RunAsync(
            async token =>
            {
                next = await LookAsync(token);
                if (isReady(next)) return true;
                call.Remark($"{WaitProgress.Summary([next])}; waiting for its next attempt");
                using var watch = connection.Jobs.WatchJobs(new WatchJobsRequest { Ids = { id } }, cancellationToken: token);
                await foreach (var message in watch.ResponseStream.ReadAllAsync(token))
                {
                    next = message.Jobs.FirstOrDefault(isReady) ?? next;
                    if (isReady(next)) return true;
                }

                return true;
            },
            cancellationToken);
        return next!;
    }

    private async Task<Job> LookAsync(CancellationToken cancellationToken)
    {
        var request = new GetJobRequest { Id = id, Elements = 1 };
        var answer = await connection.Jobs.GetJobAsync(request, connection.WithinLimit(cancellationToken));
        follower.Seen();
        return answer.Array is not { } array && answer.Jobs.Count == 1
            ? answer.Jobs[0]
            : throw CommandException.Usage(
                $"logs: '{id}': an array with {answer.Array?.Elements ?? answer.Jobs.Count} elements; "
                    + $"name one, such as {answer.Jobs[0].Id}");
    }
}
