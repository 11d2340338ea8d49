using GpuScheduler.Simulation.Input;

namespace GpuScheduler.Simulation.Pools;

/// <param name="Device">The card's uuid; empty: the whole machine.</param>
/// <param name="Start">s from the start of the replay.</param>
/// <param name="End">s; it works again.</param>
internal sealed record SimulatedFault(string Node, string Device, double Start, double End);

/// <summary>Faults: <c>node, start_s, end_s</c> and, for a single card, <c>device</c>. Or as the public InfiniteHBD trace has them,
/// <c>node_id, start_day, end_day</c>: its machines stand for the pool's, in order of their first faults.</summary>
internal static class FaultsFile
{
    private const double Day = 86_400;
    private const double Longest = 3e9;

    private static readonly string[] Columns = ["node", "device", "start_s", "end_s"];

    public static IReadOnlyList<SimulatedFault> Read(CsvTable table, IReadOnlyList<SimulatedNode> nodes)
    {
        // A public trace may tell more than is read here.
        if (table.Has("start_day")) return [.. ReadDays(table, nodes).OrderBy(fault => fault.Start)];
        table.Allow(Columns);
        return [.. table.Rows.Select(row => Read(row, nodes)).OrderBy(fault => fault.Start)];
    }

    private static SimulatedFault Read(CsvRow row, IReadOnlyList<SimulatedNode> nodes)
    {
        if (nodes.FirstOrDefault(one => one.Id.ToString() == row.Text("node")) is not { } node)
            throw row.Fault("node", "a machine of the pool");

        var device = row.OptionalText("device");
        if (device.Length > 0 && node.Inventory.Devices.All(card => card.Uuid != device))
            throw row.Fault("device", $"a card of node {node.Id}, or nothing for all of it");

        var start = row.Decimal("start_s", 0, Longest);
        return new(row.Text("node"), device, start, row.Decimal("end_s", start, Longest));
    }

    private static IEnumerable<SimulatedFault> ReadDays(CsvTable table, IReadOnlyList<SimulatedNode> nodes)
    {
        var stands = new Dictionary<string, SimulatedNode>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var start = row.Decimal("start_day", 0, Longest / Day);
            var end = row.Decimal("end_day", start, Longest / Day);
            if (!stands.ContainsKey(row.Text("node_id")) && stands.Count < nodes.Count)
                stands.Add(row.Text("node_id"), nodes[stands.Count]);

            if (stands.TryGetValue(row.Text("node_id"), out var node))
                yield return new(node.Id.ToString(), "", start * Day, end * Day);
        }
    }
}
