using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Lists jobs, as squeue does.</summary>
internal sealed class QueueCommand : ServerCommand
{
    private readonly Option<bool> all = Flags.Switch("--all", "also jobs that have ended");
    private readonly Option<string?> user = Flags.Text("--user", "NAME", "only this user's jobs", "-u");
    private readonly Option<bool> me = Flags.Switch("--me", "only my jobs");
    private readonly Option<string?> states = Flags.Text("--states", "LIST", "only these states: PD,R or PENDING,RUNNING", "-t", "--state");
    private readonly Option<string?> tier = Flags.Text("--tier", "TIER", "only this tier", "-p", "--partition");
    private readonly Option<string?> name = Flags.Text("--name", "NAME", "only jobs of this name", "-n", "--jobname");
    private readonly Option<string?> jobs = Flags.Text("--jobs", "IDS", "only these jobs: 12,14_3", "-j");
    private readonly Option<int?> limit = Flags.Number("--limit", "at most N jobs (default 10000)", 1, 1_000_000);
    private readonly Option<bool> watch = Flags.Switch("--watch", "show changes as they happen, until Ctrl-C");
    private readonly Option<string?> output = OutputFlag.Create();

    public QueueCommand()
        : base("queue", "list jobs that wait or run")
    {
        foreach (var option in new Option[] { all, me, user, name, states, tier, jobs, limit, watch, output })
            Add(option);
    }

    public override string Usage => "[FLAGS]";

    public override bool EndsWithItsReader => true;

    public override string Notes => """
        ST: PD pending, CF configuring, R running, CK checkpointing, CG completing,
        CD completed, F failed, TO timeout, OOM out of memory, NF node failed,
        CA cancelled, DL missed its deadline, RH held after its retries.
        'gpusched explain ID' says why a job waits. Long lists are printed as they come;
        columns are as wide as the first rows need.
        """;

    protected override async Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var request = ReadRequest(call);
        if (call.Flags.GetValue(watch))
            return await WatchAsync(call, connection, request, cancellationToken);

        var printer = JobPrinter.Create(call, OutputFlag.Read(call, output));
        if (await printer.PrintAsync(Pages.JobsAsync(connection, request, cancellationToken)))
            call.Remark($"more jobs match; shown are {printer.Count}, --limit N shows more");

        return ExitCode.Success;
    }

    private static Task<int> WatchAsync(
        Call call, SchedulerConnection connection, ListJobsRequest request, CancellationToken cancellationToken)
    {
        Task<int> On(IQueueBoard board) => new QueueWatch(call, connection, request, board).RunAsync(cancellationToken);
        return call.Context.Console.OutIsTerminal ? QueueScreen.RunAsync(call, On) : On(new QueueLines(call));
    }

    private ListJobsRequest ReadRequest(Call call)
    {
        var request = Request(call);
        if ((call.Flags.GetValue(me) ? call.Context.UserName : call.Flags.GetValue(user)) is { } whose)
            (request.User, request.Whose) = (whose, whose);
        return request;
    }

    private ListJobsRequest Request(Call call) => new()
    {
        IncludeEnded = call.Flags.GetValue(all) || call.Flags.GetValue(jobs) is not null || call.Flags.GetValue(states) is not null,
        Tier = call.Flags.GetValue(tier) ?? "",
        Name = call.Flags.GetValue(name) ?? "",
        Limit = call.Flags.GetValue(limit) ?? 0,
        States = { JobStates.ParseList("--states", call.Flags.GetValue(states)) },
        Ids = { Split(call.Flags.GetValue(jobs)) },
    };

    private static string[] Split(string? list) => list?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
