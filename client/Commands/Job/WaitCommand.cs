using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;

namespace GpuScheduler.Client.Commands;

/// <summary>Waits for jobs, and ends as they ended.</summary>
internal sealed class WaitCommand : ServerCommand
{
    /// <summary>A timer of .NET takes no more than 49 days.</summary>
    private const int LongestHours = 49 * 24;

    private readonly Option<TimeSpan?> timeout = Flags.Duration(
        "--timeout", "give up after this long, with exit code 124; the jobs go on", LongestHours);

    public WaitCommand()
        : base("wait", "wait for jobs to end and return their exit code") => Add(timeout);

    public override string Usage => "[FLAGS] ID…";

    public override string WordName => "ID";

    public override string Notes => """
        Returns the job's exit code, 128+n when signal n ended it, and the highest one
        of several jobs or of an array's elements. A scheduler that restarts is waited
        for.
        """;

    protected override Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken) =>
        new JobWaiter(call, connection).WaitAsync(call.Words, call.Flags.GetValue(timeout), cancellationToken);
}
