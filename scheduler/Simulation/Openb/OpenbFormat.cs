using System.CommandLine;
using GpuScheduler.Core.Packing;
using GpuScheduler.Simulation.CommandLine;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation.Openb;

/// <summary>Packing at rising load, after the public openb trace.</summary>
internal sealed class OpenbFormat(Flags flags) : IFormat
{
    public string Name => "openb";

    public IReadOnlyList<Option> Needs { get; } = [flags.Nodes, flags.Pods, flags.Order];

    public IReadOnlyList<Option> Takes { get; } = [flags.Seed, flags.Policy];

    public IReadOnlyCollection<string> Policies => [.. PackingPolicies.Names];

    public ISimulationResult Run(ParseResult given) => Replay(new(
        given.GetRequiredValue(flags.Nodes),
        given.GetRequiredValue(flags.Pods),
        given.GetRequiredValue(flags.Order),
        given.GetValue(flags.Seed),
        given.GetRequiredValue(flags.Policy)));

    /// <summary>Equal options and files give an equal result.</summary>
    public static OpenbResult Replay(OpenbOptions options)
    {
        var cluster = new PackingCluster(NodeList.Read(CsvTable.Open(options.Nodes)));
        var pods = PodList.Read(CsvTable.Open(options.Pods));
        var arrivals = ArrivalOrder.Read(CsvTable.Open(options.Order), options.Seed, pods.Count);
        var policy = PackingPolicies.Create(options.Policy, cluster, pods, (ulong)options.Seed);
        return OpenbReplay.Run(cluster, pods, arrivals, policy, options.Seed);
    }
}

/// <summary>What the command line says; the three names are files, plain or gzip.</summary>
/// <param name="Seed">Which of the order file's columns is replayed, and what the random policy draws from.</param>
internal sealed record OpenbOptions(string Nodes, string Pods, string Order, int Seed, string Policy);
