using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Client.Commands;

/// <summary>Copies a job's output through, byte for byte.</summary>
internal sealed class LogReader(Call call, SchedulerConnection connection, string id)
{
    public bool StandardError { get; init; }

    /// <summary>0: all.</summary>
    public int TailLines { get; init; }

    /// <summary>Prints one attempt's output (0: the newest).</summary>
    public async Task PrintAsync(int attempt, bool follow, CancellationToken cancellationToken)
    {
        var request = new StreamLogsRequest { Id = id, Attempt = attempt, Follow = follow, StandardError = StandardError, TailLines = TailLines };
        using var stream = connection.Jobs.StreamLogs(request, cancellationToken: cancellationToken);
        var output = call.Context.Console.OutBytes;
        try
        {
            await foreach (var chunk in stream.ResponseStream.ReadAllAsync(cancellationToken))
            {
                await output.WriteAsync(chunk.Data.Memory, cancellationToken);
                await output.FlushAsync(cancellationToken);
            }
        }
        catch (RpcException failure) when (RpcErrors.IsUnreachable(failure))
        {
            throw connection.Unreachable();
        }
    }

    /// <summary>Prints attempt after attempt until the job has ended, waiting for one to start where there is none yet.</summary>
    public async Task FollowAsync(int firstAttempt, CancellationToken cancellationToken)
    {
        var attempt = firstAttempt;
        var printed = 0;
        while (true)
        {
            var job = await NextAsync(job => JobStates.HasEnded(job.State) || job.Attempt > printed, cancellationToken);
            if (job.Attempt <= printed || job.Attempt == 0)
                return;

            attempt = printed == 0 && attempt == 0 ? job.Attempt : Math.Max(attempt, printed + 1);
            if (printed > 0)
                call.Remark($"job {id}: attempt {attempt} on {job.Node}{Resumed(job)}");

            await PrintAsync(attempt, follow: true, cancellationToken);
            printed = attempt;
        }
    }

    private static string Resumed(Job job) => job.HasResumedFromStep ? $", from step {job.ResumedFromStep}" : "";

    private async Task<Job> NextAsync(Func<Job, bool> isReady, CancellationToken cancellationToken)
    {
        var first = (await connection.CallAsync(options => connection.Jobs.GetJobAsync(new GetJobRequest { Id = id }, options), cancellationToken)).Jobs;
        if (first.Count > 1)
            throw CommandException.Usage($"logs: '{id}': an array with {first.Count} elements; name one, such as {first[0].Id}");

        if (isReady(first[0]))
            return first[0];

        call.Remark($"{WaitProgress.Summary(first)}; waiting for its next attempt");
        using var watch = connection.Jobs.WatchJobs(new WatchJobsRequest { Ids = { id } }, cancellationToken: cancellationToken);
        await foreach (var message in watch.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (message.Jobs.FirstOrDefault(isReady) is { } job)
                return job;
        }

        return first[0];
    }
}
