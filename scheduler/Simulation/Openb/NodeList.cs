using GpuScheduler.Core.Packing;
using GpuScheduler.Simulation.Input;

namespace GpuScheduler.Simulation.Openb;

/// <summary>Machines: <c>sn, cpu_milli, memory_mib, gpu, model</c>.</summary>
internal static class NodeList
{
    private const int MostCards = 1024;

    public static IReadOnlyList<PackingNode> Read(CsvTable table)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return [.. table.Rows.Select(row => ReadNode(row, names))];
    }

    private static PackingNode ReadNode(CsvRow row, HashSet<string> names)
    {
        var name = row.Text("sn");
        if (name.Length == 0 || !names.Add(name))
            throw row.Fault("sn", "a name that no earlier row has");

        var gpus = row.Number("gpu", 0, MostCards);
        if (gpus > 0 && row.Text("model").Length == 0)
            throw row.Fault("model", "a name, since the node has cards");

        return new(name, row.Number("cpu_milli", 0, int.MaxValue), row.Number("memory_mib", 0, long.MaxValue), gpus, row.Text("model"));
    }
}
