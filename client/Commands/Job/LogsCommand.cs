using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Client.Commands;

/// <summary>Prints what a job wrote.</summary>
internal sealed class LogsCommand : ServerCommand
{
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

    public override bool EndsWithItsReader => true;

    public override string Notes => """
        An array has an output for each element: 'gpusched logs 12' then says how its
        elements stand and how to name one (12_3), and ends with exit code 2.
        """;

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
        var first = call.Flags.GetValue(attempt) ?? 0;
        if (!call.Flags.GetValue(follow))
            return await PrintAsync(call, connection, reader, first, cancellationToken);

        await reader.FollowAsync(first, cancellationToken);
        return ExitCode.Success;
    }

    private static async Task<int> PrintAsync(
        Call call, SchedulerConnection connection, LogReader reader, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            await reader.PrintAsync(attempt, cancellationToken);
            return ExitCode.Success;
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.InvalidArgument)
        {
            var request = new GetJobRequest { Id = call.Words[0], Elements = 1 };
            var answer = await connection.CallAsync(options => connection.Jobs.GetJobAsync(request, options), cancellationToken);
            if (answer.Array is not { } array) throw;
            return ArrayOutputs.Tell(call, array, answer.Jobs);
        }
    }
}
