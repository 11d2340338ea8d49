using System.CommandLine;
using GpuScheduler.Host.PoolFile;
using GpuScheduler.Simulation.CommandLine;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation.Pools;

/// <summary>Our own pool, machines and jobs, through the live scheduler's engine.</summary>
internal sealed class PoolFormat(Flags flags, IProgressBar bar) : IFormat
{
    public string Name => "pool";

    public IReadOnlyList<Option> Needs { get; } = [flags.Nodes, flags.Jobs];

    public IReadOnlyList<Option> Takes { get; } = [flags.Pool, flags.Faults];

    public IReadOnlyCollection<string> Policies => [];

    public ISimulationResult Run(ParseResult given) => Replay(
        new(given.GetRequiredValue(flags.Nodes), given.GetRequiredValue(flags.Jobs), given.GetValue(flags.Pool) ?? "", given.GetValue(flags.Faults) ?? ""), bar);

    /// <summary>Equal options and files give an equal result.</summary>
    public static PoolResult Replay(PoolOptions options, IProgressBar bar)
    {
        var (config, wrong) = PoolFilePath.Of(options.Pool).Read();
        if (wrong.Count > 0)
            throw new InputException(string.Join('\n', wrong));

        var nodes = NodesFile.Read(options.Nodes);
        var jobs = JobsFile.Read(CsvTable.Open(options.Jobs));
        IReadOnlyList<SimulatedFault> faults = options.Faults.Length == 0 ? [] : FaultsFile.Read(CsvTable.Open(options.Faults), nodes);
        var result = new PoolReplay(config, nodes, jobs, faults, PoolReplay.SomeMonday).Run(bar.Show);
        bar.Clear();
        return result;
    }
}

/// <summary>Files; <paramref name="Pool"/> and <paramref name="Faults"/> may be empty: shipped rules, nothing breaks.</summary>
internal sealed record PoolOptions(string Nodes, string Jobs, string Pool, string Faults);
