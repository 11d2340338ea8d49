using GpuScheduler.Core.Policies;
using GpuScheduler.Simulation.Input;

namespace GpuScheduler.Simulation.Muri;

/// <summary>Equal nodes: one row with <c>num_switch, num_node_p_switch, num_gpu_p_node</c>. Cards run out long before
/// processors and memory in this trace, so only they are counted.</summary>
internal static class MuriCluster
{
    private const int Most = 4096;

    public static Room Read(CsvTable table)
    {
        var rows = table.Rows.ToList();
        if (rows.Count != 1)
            throw new InputException($"{table.File}: has {rows.Count} rows; allowed: one, with the shape of the cluster");

        var nodes = rows[0].Number("num_switch", 1, Most) * rows[0].Number("num_node_p_switch", 1, Most);
        return Room.Uniform(nodes, rows[0].Number("num_gpu_p_node", 1, Most));
    }
}
