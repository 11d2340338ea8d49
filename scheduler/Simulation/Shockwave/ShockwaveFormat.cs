using System.CommandLine;
using GpuScheduler.Core.Policies;
using GpuScheduler.Core.Policies.Shares;
using GpuScheduler.Simulation.CommandLine;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation.Shockwave;

/// <summary>Jobs whose speed changes as they run, on equal cards in rounds, after Shockwave (Zheng et al., NSDI 2023).</summary>
internal sealed class ShockwaveFormat(Flags flags, IProgressBar bar) : IFormat
{
    /// <summary>s between two divisions of the cards, in the published runs.</summary>
    private const double Period = 1000;

    private static readonly Dictionary<string, Func<ISharingPolicy>> s_policies = new(StringComparer.Ordinal)
    {
        ["fifo"] = () => Turns("fifo", new OldestFirst(choosy: 0)),
        ["allox"] = () => Turns("allox", new OldestFirst(choosy: 0.2)),
        ["gandiva-fair"] = () => Turns("gandiva-fair", new EqualTime()),
        ["max-min"] = () => Turns("max-min", new EqualCardTime()),
        ["min-makespan"] = () => Turns("min-makespan", new LeastMakespan()),
        ["max-throughput"] = () => Turns("max-throughput", new MostThroughput()),
        ["finish-time-fair"] = () => Turns("finish-time-fair", new EqualSlowdown()),
        ["srtf"] = () => SharingPolicies.Create("srtf"),
        ["default"] = () => new CriticalFirst(),
    };

    public string Name => "shockwave";

    public IReadOnlyList<Option> Needs { get; } = [flags.Jobs, flags.Throughputs, flags.Gpus];

    public IReadOnlyList<Option> Takes { get; } = [flags.Durations, flags.Policy];

    public IReadOnlyCollection<string> Policies => s_policies.Keys;

    public ISimulationResult Run(ParseResult given) => Replay(
        new(
            given.GetRequiredValue(flags.Jobs), given.GetRequiredValue(flags.Throughputs), given.GetValue(flags.Gpus),
            given.GetRequiredValue(flags.Policy))
        {
            DurationsKnown = given.GetRequiredValue(flags.Durations) == "known",
        },
        bar);

    /// <summary>Equal options and files give an equal result.</summary>
    public static ShockwaveResult Replay(ShockwaveOptions options, IProgressBar bar)
    {
        var jobs = ShockwaveJobs.Read(
            CsvTable.Open(options.Jobs), MeasuredSpeeds.Read(options.Throughputs), options.Cards, options.DurationsKnown);
        if (jobs.Count == 0)
            throw new InputException($"{options.Jobs}: has no rows; allowed: at least one job");

        var ended = new ShockwaveReplay(jobs, Room.Uniform(1, options.Cards), s_policies[options.Policy]()).Run(bar.Show);
        bar.Clear();
        return ShockwaveResult.Of(options.Policy, ended, options.Cards);
    }

    private static TurnsByShare Turns(string name, ITimeShares shares) => new(name, shares, Period, credit: ShockwaveReplay.Round / 2);
}

/// <summary>What the command line says.</summary>
/// <param name="Jobs">A file, plain or gzip, as <paramref name="Throughputs"/>.</param>
/// <param name="Cards">All alike.</param>
internal sealed record ShockwaveOptions(string Jobs, string Throughputs, int Cards, string Policy)
{
    /// <summary>Policies know how long jobs take, changes of batch size included; otherwise they go by the first speed.</summary>
    public bool DurationsKnown { get; init; } = true;
}
