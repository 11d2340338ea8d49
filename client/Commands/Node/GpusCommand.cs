using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Output.Json;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Lists cards: which are free, and who has the others.</summary>
internal sealed class GpusCommand : ServerCommand
{
    private readonly Option<string?> output = OutputFlag.Create();

    public GpusCommand()
        : base("gpus", "cards, one a line") => Add(output);

    public override string Usage => "[FLAGS]";

    public override string Notes => """
        GPU: the card's number within its machine, in the order in which the worker
        announced its cards; MIG parts have their card's. USED: 'all', or the part that
        is given out. 'drain NODE/NUMBER' takes a card out of service.
        JSON has the shape of 'nodes', without machines that have no card.
        """;

    protected override async Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var pool = await PoolReader.ReadAsync(call, connection, cancellationToken);
        foreach (var line in Lines(call, [.. pool.Nodes.Where(node => node.Devices.Count > 0)], OutputFlag.Read(call, output)))
            call.Out.WriteLine(line);

        return ExitCode.Success;
    }

    private static IEnumerable<string> Lines(Call call, IReadOnlyList<Node> nodes, OutputFormat format) => format switch
    {
        OutputFormat.Json => [JsonText.Of(new NodesJson([.. nodes.Select(NodeJson.From)]))],
        OutputFormat.Quiet => nodes.SelectMany(node => node.Devices).Select(device => device.Uuid),
        _ when nodes.Count == 0 => ["no cards in the pool"],
        _ => Table(call, GpuTable.Rows(nodes)),
    };

    private static IEnumerable<string> Table(Call call, IReadOnlyList<CardRow> cards)
    {
        var free = cards.Count(card => card.Device is { Jobs.Count: 0, HeldElsewhere: false, State: DeviceState.Healthy });
        return
        [
            .. GpuTable.Lines(cards, call.Context.Console.Width, call.Context.UseColor), .. GpuTable.Drained(cards),
            $"{free} of {cards.Count} cards free",
        ];
    }
}
