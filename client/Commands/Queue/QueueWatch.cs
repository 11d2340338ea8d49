using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;
using Grpc.Core;
using Spectre.Console;

namespace GpuScheduler.Client.Commands;

/// <summary>The queue as it changes: redrawn in place on a terminal, one line a change elsewhere.</summary>
internal sealed class QueueWatch(Call call, SchedulerConnection connection, ListJobsRequest filter)
{
    private readonly SortedDictionary<string, Job> jobs = new(JobIdOrder.Instance);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var stream = connection.Jobs.WatchJobs(new WatchJobsRequest { Ids = { filter.Ids } }, cancellationToken: cancellationToken);
        var messages = stream.ResponseStream.ReadAllAsync(cancellationToken);
        try
        {
            await (call.Context.Console.OutIsTerminal ? RedrawAsync(messages) : AppendAsync(messages));
        }
        catch (RpcException failure) when (RpcErrors.IsUnreachable(failure))
        {
            throw connection.Unreachable();
        }
        catch (Exception failure) when (failure is OperationCanceledException or RpcException && cancellationToken.IsCancellationRequested)
        {
        }

        return ExitCode.Success;
    }

    private async Task RedrawAsync(IAsyncEnumerable<WatchJobsResponse> messages) =>
        await AnsiConsole.Live(new Text("")).StartAsync(async live =>
        {
            await foreach (var message in messages)
            {
                Take(message);
                live.UpdateTarget(new Text(Table()));
            }
        });

    private async Task AppendAsync(IAsyncEnumerable<WatchJobsResponse> messages)
    {
        await foreach (var message in messages)
        {
            foreach (var job in message.Jobs.Where(Matches))
                call.Out.WriteLine($"{job.Id} {JobStates.Name(job.State)} {job.Spec.Name} {JobRows.NodeOrReason(job)}".TrimEnd());

            await call.Out.FlushAsync();
        }
    }

    private void Take(WatchJobsResponse message)
    {
        foreach (var job in message.Jobs)
        {
            if (Matches(job))
                jobs[job.Id] = job;
            else
                jobs.Remove(job.Id);
        }
    }

    private string Table() => jobs.Count == 0
        ? JobTable.Empty
        : string.Join('\n', JobTable.Lines(jobs.Values, call.Context.Time.GetUtcNow(), call.Context.Console.Width - 1, color: false));

    private bool Matches(Job job) =>
        (filter.IncludeEnded || !JobStates.HasEnded(job.State))
        && (filter.User.Length == 0 || filter.User == job.Spec.User)
        && (filter.Tier.Length == 0 || filter.Tier == job.Tier)
        && (filter.States.Count == 0 || filter.States.Contains(job.State));
}
