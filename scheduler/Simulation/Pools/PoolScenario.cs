using GpuScheduler.Core.Calendars;
using GpuScheduler.Core.Config;
using GpuScheduler.Host.PoolFile;
using GpuScheduler.Simulation.History;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation.Pools;

/// <summary>A pool, its work and what breaks: all that a replay follows from.</summary>
/// <param name="Start">The date at 0 s.</param>
internal sealed record PoolScenario(
    PoolConfig Config, IReadOnlyList<SimulatedNode> Nodes, IReadOnlyList<SimulatedJob> Jobs, IReadOnlyList<SimulatedFault> Faults,
    DateTimeOffset Start)
{
    /// <summary>What a store had, if the work is from one.</summary>
    public RecordedCounts? Recorded { get; init; }

    /// <summary>Left out of the replay, as they wait for a person.</summary>
    public IReadOnlyList<HeldJob> Held { get; init; } = [];

    /// <summary>Where the rules are from, for people; empty: they are the shipped ones.</summary>
    public string RulesFile { get; init; } = "";

    /// <summary>What the result tells jobs apart by.</summary>
    public string By { get; init; } = JobGroup.ByTier;

    /// <exception cref="InputException">Something can't be read or isn't usable; the message has every fault of its file.</exception>
    public static PoolScenario Read(PoolOptions options)
    {
        var recorded = options.Store is { } wish ? wish.Read() : null;
        var (config, file) = recorded is not null && options.Pool.Length == 0 ? recorded.ReadRules() : (Rules(options.Pool), options.Pool);
        var nodes = recorded is not null && options.Nodes.Length == 0 ? recorded.Nodes : NodesFile.Read(options.Nodes);
        var jobs = recorded?.Jobs ?? JobsFile.Read(CsvTable.Open(options.Jobs));
        IReadOnlyList<SimulatedFault> faults = options.Faults.Length == 0 ? [] : FaultsFile.Read(CsvTable.Open(options.Faults), nodes);
        return new(config, nodes, jobs, faults, options.StartAt ?? recorded?.Start ?? PoolReplay.SomeMonday)
        {
            Recorded = recorded?.Counts, RulesFile = file, By = options.By, Held = recorded?.Held ?? [],
        };
    }

    /// <param name="file">Empty: the shipped rules.</param>
    public static PoolConfig Rules(string file)
    {
        var (config, wrong, _) = PoolFilePath.Of(file).Read();
        return wrong.Count == 0 ? config : throw new InputException(string.Join('\n', wrong));
    }

    /// <summary>Equal scenarios give equal results, however often they are played.</summary>
    public PoolResult Play(IProgressBar bar)
    {
        var result = new PoolReplay(Config, [.. Nodes.Select(node => node.Fresh())], Jobs, Faults, Start).Run(bar.Show);
        bar.Clear();
        return result with
        {
            Recorded = Recorded,
            RulesFile = RulesFile,
            By = By,
            Held = Held,
            Zone = NodeCalendar.ZoneOf(Config.Timezone),
        };
    }
}

/// <summary>Files; <paramref name="Pool"/> and <paramref name="Faults"/> may be empty: shipped rules, nothing breaks. With a store
/// <paramref name="Jobs"/> is empty, and <paramref name="Nodes"/> may be.</summary>
internal sealed record PoolOptions(string Nodes, string Jobs, string Pool, string Faults)
{
    /// <summary>The store whose work is replayed; null: the files are.</summary>
    public StoreWish? Store { get; init; }

    /// <summary>One of <see cref="JobGroup.Ways"/>.</summary>
    public string By { get; init; } = JobGroup.ByTier;

    /// <summary>The date at 0 s; null: what the store says, else <see cref="PoolReplay.SomeMonday"/>.</summary>
    public DateTimeOffset? StartAt { get; init; }
}
