using GpuScheduler.Core.Packing;
using GpuScheduler.Simulation.CommandLine;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Openb;

namespace GpuScheduler.Simulation;

/// <summary>Reads the files, replays them, and sums up. Equal options and files give an equal result.</summary>
internal static class Simulator
{
    public static OpenbResult Run(SimulatorOptions options)
    {
        var cluster = new PackingCluster(NodeList.Read(CsvTable.Open(options.Nodes)));
        var pods = PodList.Read(CsvTable.Open(options.Pods));
        var arrivals = ArrivalOrder.Read(CsvTable.Open(options.Order), options.Seed, pods.Count);
        var policy = PackingPolicies.Create(options.Policy, cluster, pods, (ulong)options.Seed);
        return OpenbReplay.Run(cluster, pods, arrivals, policy, options.Seed);
    }
}
