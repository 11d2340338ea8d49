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

    public override string Notes => """
        CPUS, MEM and GPUS: in use / all. A star after the state: the machine does not
        answer; what runs there counts as lost when its lease runs out.
        """;

    protected override async Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var pool = await PoolReader.ReadAsync(call, connection, cancellationToken);
        foreach (var line in Lines(call, pool.Nodes, OutputFlag.Read(call, output)))
            call.Out.WriteLine(line);

        return ExitCode.Success;
    }

    private static IEnumerable<string> Lines(Call call, IReadOnlyList<Node> nodes, OutputFormat format) => format switch
    {
        OutputFormat.Json => [JsonText.Of(new NodesJson([.. nodes.Select(NodeJson.From)]))],
        OutputFormat.Quiet => nodes.Select(node => node.Name),
        _ when nodes.Count == 0 => ["no machines: start a worker with 'gpusched up' or 'gpusched worker'"],
        _ => NodeTable.Lines(nodes, call.Context.Console.Width, call.Context.UseColor, slurmHeader: call.CalledAs == "sinfo"),
    };
}
