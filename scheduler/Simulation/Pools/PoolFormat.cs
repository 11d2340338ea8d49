using System.CommandLine;
using GpuScheduler.Simulation.CommandLine;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Reports;

namespace GpuScheduler.Simulation.Pools;

/// <summary>Our own pool, machines and jobs, or those of a live scheduler's store, through the live scheduler's engine.</summary>
internal sealed class PoolFormat(Flags flags, IProgressBar bar) : IFormat
{
    public string Name => "pool";

    public IReadOnlyList<Option> Needs => [];

    public IReadOnlyList<Option> Takes { get; } =
    [
        flags.Nodes, flags.Jobs, flags.Source.Store, flags.Source.Period, flags.Source.Speeds, flags.Pool, flags.Faults, flags.StartAt,
        flags.By, flags.Report,
    ];

    public IReadOnlyCollection<string> Policies => [];

    public IEnumerable<string> Check(Func<Option, bool> given) => flags.Source.Check(given, flags.Nodes, flags.Jobs, "--format pool");

    public ISimulationResult Run(ParseResult given)
    {
        var page = ReportFile.At(given.GetValue(flags.Report));
        var options = new PoolOptions(
            given.GetValue(flags.Nodes) ?? "", given.GetValue(flags.Jobs) ?? "", given.GetValue(flags.Pool) ?? "",
            given.GetValue(flags.Faults) ?? "")
        {
            Store = flags.Source.Wish(given, now: null),
            StartAt = given.GetValue(flags.StartAt),
            By = given.GetRequiredValue(flags.By),
        };
        var scenario = PoolScenario.Read(options);
        var result = scenario.Play(bar);
        page?.Write(result, scenario.Start);
        return result;
    }

    /// <summary>Equal options and files give an equal result.</summary>
    public static PoolResult Replay(PoolOptions options, IProgressBar bar) => PoolScenario.Read(options).Play(bar);
}
