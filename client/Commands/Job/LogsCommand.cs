using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Client.Commands;

/// <summary>Prints what a job wrote.</summary>
internal sealed class LogsCommand : ServerCommand
{
    /// <summary>Elements of an array that are named.</summary>
    private const int MostListed = 10;

    private readonly Option<bool> follow = Flags.Switch("--follow", "go on until the job has ended, across attempts", "-f");
    private readonly Option<bool> error = Flags.Switch("--err", "standard error instead of standard output");
    private readonly Option<int?> tail = Flags.Number("--tail", "only the last N lines", 1, 1_000_000, "-n");
    private readonly Option<int?> attempt = Flags.Number("--attempt", "an earlier attempt (default: the newest)", 1, 1_000_000);
    private readonly Option<int?> rank = Flags.Number("--rank", "of a job on several nodes, this one's (default: 0, the head)", 0, 1023);

    public LogsCommand()
        : base("logs", "print a job's output, or follow it")
    {
        Add(follow);
        Add(error);
        Add(tail);
        Add(attempt);
        Add(rank);
    }

    public override string Usage => "[FLAGS] ID";

    public override string WordName => "ID";

    public override int MaximumWords => 1;

    protected override async Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var reader = new LogReader(call, connection, call.Words[0])
        {
            StandardError = call.Flags.GetValue(error),
            TailLines = call.Flags.GetValue(tail) ?? 0,
            Rank = call.Flags.GetValue(rank) ?? 0,
        };
        if (call.Flags.GetValue(follow))
            await reader.FollowAsync(call.Flags.GetValue(attempt) ?? 0, cancellationToken);
        else
            await PrintAsync(call, connection, reader, cancellationToken);

        return ExitCode.Success;
    }

    private async Task PrintAsync(Call call, SchedulerConnection connection, LogReader reader, CancellationToken cancellationToken)
    {
        try
        {
            await reader.PrintAsync(call.Flags.GetValue(attempt) ?? 0, cancellationToken);
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.InvalidArgument)
        {
            if (!await PrintArrayAsync(call, connection, cancellationToken)) throw;
        }
    }

    /// <summary>An array has as many outputs as elements: says which there are. False: it is none.</summary>
    private static async Task<bool> PrintArrayAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var request = new GetJobRequest { Id = call.Words[0], Elements = MostListed };
        var answer = await connection.CallAsync(options => connection.Jobs.GetJobAsync(request, options), cancellationToken);
        if (answer.Array is not { } array) return false;
        call.Out.WriteLine(ArrayText.Of(call.Words[0], array));
        foreach (var job in answer.Jobs)
            call.Out.WriteLine($"  gpusched logs {job.Id}  ({JobStates.Name(job.State)})");

        if (array.Elements > answer.Jobs.Count)
            call.Out.WriteLine($"  … and {array.Elements - answer.Jobs.Count} more");
        return true;
    }
}
