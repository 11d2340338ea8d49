using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Output.Json;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Lists machines, as sinfo -N does.</summary>
internal sealed class NodesCommand : ServerCommand
{
    private readonly Option<string?> output = OutputFlag.Create();

    public NodesCommand()
        : base("nodes", "machines, their state and use") => Add(output);

    public override string Usage => "[FLAGS]";

    public override bool EndsWithItsReader => true;

    public override string Notes => """
        CPUS, MEM and GPUS: in use / all. A star after the state: the machine does not
        answer; what runs there counts as lost when its lease runs out.
        """;

    protected override async Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        await new PagePrinter<Node>(call, OutputFlag.Read(call, output), Form(call))
            .PrintAsync(PoolReader.ReadAsync(call, connection, cancellationToken));
        return ExitCode.Success;
    }

    private static ListForm<Node> Form(Call call)
    {
        var context = call.Context;
        var table = NodeTable.Create(context.Console.Width, context.Moments, context.UseColor, slurmHeader: call.CalledAs == "sinfo");
        return new ListForm<Node>
        {
            Json = static nodes => JsonText.Of(new NodesJson([.. nodes.Select(NodeJson.From)])),
            Names = static node => [node.Name],
            Table = page => table.Add(page.Entries),
            Empty = "no machines: start a worker with 'gpusched up' or 'gpusched worker'",
        };
    }
}
