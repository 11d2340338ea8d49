using System.CommandLine;
using System.Runtime.CompilerServices;
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

    public override bool EndsWithItsReader => true;

    public override string Notes => """
        GPU: the card's number within its machine, in the order in which the worker
        announced its cards; MIG parts have their card's. USED: 'all', or the part that
        is given out. 'drain NODE/NUMBER' takes a card out of service. STATE held, with
        'other store' among its jobs: an attempt of another scheduler's store has it.
        STATE unknown*: its machine does not answer; such cards are not counted as free.
        JSON has the shape of 'nodes', without machines that have no card.
        """;

    protected override async Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        await new PagePrinter<Node>(call, OutputFlag.Read(call, output), Form(call))
            .PrintAsync(WithCardsAsync(call, connection, cancellationToken));
        return ExitCode.Success;
    }

    private static async IAsyncEnumerable<Page<Node>> WithCardsAsync(
        Call call, SchedulerConnection connection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in PoolReader.ReadAsync(call, connection, cancellationToken))
            yield return page with { Entries = [.. page.Entries.Where(node => node.Devices.Count > 0)] };
    }

    private static ListForm<Node> Form(Call call)
    {
        var table = new CardTable(call);
        return new ListForm<Node>
        {
            Json = static nodes => JsonText.Of(new NodesJson([.. nodes.Select(NodeJson.From)])),
            Names = static node => node.Devices.Select(device => device.Uuid),
            Table = table.Lines,
            Empty = "no cards in the pool",
        };
    }

    /// <summary>Cards as they come; below the last, why some are out of service, and how many are free.</summary>
    private sealed class CardTable(Call call)
    {
        private readonly List<string> drained = [];
        private GrowingTable<CardRow>? table;
        private int cards;
        private int free;

        public IEnumerable<string> Lines(Page<Node> page)
        {
            var rows = GpuTable.Rows(page.Entries);
            cards += rows.Count;
            free += rows.Count(GpuTable.IsFree);
            drained.AddRange(GpuTable.Drained(rows));
            if (rows.Count > 0) table ??= GpuTable.Create(rows, call.Context.Console.Width, call.Context.UseColor);
            var lines = table?.Add(rows) ?? [];
            return page.IsLast && cards > 0 ? [.. lines, .. drained, $"{free} of {cards} cards free"] : lines;
        }
    }
}
