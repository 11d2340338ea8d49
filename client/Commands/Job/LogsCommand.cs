using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;

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
            await reader.PrintAsync(call.Flags.GetValue(attempt) ?? 0, cancellationToken);

        return ExitCode.Success;
    }
}
