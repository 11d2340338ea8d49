using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Output.Json;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Lists what waiting jobs' effective priorities are made of, as sprio does.</summary>
internal sealed class PrioCommand : ServerCommand
{
    private readonly Option<string?> user = Flags.Text("--user", "NAME", "only this user's jobs", "-u");
    private readonly Option<string?> tier = Flags.Text("--tier", "TIER", "only this tier", "-p", "--partition");
    private readonly Option<string?> jobs = Flags.Text("--jobs", "IDS", "only these jobs: 12,14_3", "-j");
    private readonly Option<int?> limit = Flags.Number("--limit", "at most N jobs, the first to be served (default 10000)", 1, 1_000_000);
    private readonly Option<string?> output = OutputFlag.Create();

    public PrioCommand()
        : base("prio", "who goes first, and why")
    {
        foreach (var option in new Option[] { user, tier, jobs, limit, output })
            Add(option);
    }

    public override string Usage => "[FLAGS]";

    public override bool EndsWithItsReader => true;

    public override string Notes => """
        Jobs that wait for room, tier by tier in the order of serving, highest first.
        PRIORITY is the sum of the columns behind it, in points; weights are in
        pool.yaml under 'order'. A star: it has waited past 'maxWait' and goes first.
        """;

    protected override async Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var request = new GetPrioritiesRequest
        {
            Tier = call.Flags.GetValue(tier) ?? "",
            Limit = call.Flags.GetValue(limit) ?? 0,
            Ids = { call.Flags.GetValue(jobs)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [] },
        };
        if (call.Flags.GetValue(user) is { } whose) (request.User, request.Whose) = (whose, whose);
        var printer = new PagePrinter<JobPriority>(call, OutputFlag.Read(call, output), Form(call));
        if (await printer.PrintAsync(Pages.PrioritiesAsync(connection, request, cancellationToken)))
            call.Remark("more jobs match; --limit N shows more");
        return ExitCode.Success;
    }

    private static ListForm<JobPriority> Form(Call call)
    {
        var table = PriorityTable.Create(call.Context.Console.Width);
        return new ListForm<JobPriority>
        {
            Json = static jobs => JsonText.Of(new PrioritiesJson([.. jobs.Select(PriorityJson.From)])),
            Names = static job => [job.Id],
            Table = page => table.Add(page.Entries),
            Empty = "no job waits for room",
        };
    }
}
