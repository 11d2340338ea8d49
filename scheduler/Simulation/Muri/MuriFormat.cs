using System.CommandLine;
using GpuScheduler.Core.Policies;
using GpuScheduler.Simulation.CommandLine;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation.Muri;

/// <summary>Checkpointed preemption on equal cards, after the Philly traces of Muri (Zhao et al., SIGCOMM 2022).</summary>
internal sealed class MuriFormat(Flags flags) : IFormat
{
    public string Name => "muri";

    public IReadOnlyList<Option> Needs { get; } = [flags.Jobs, flags.Cluster, flags.Overheads];

    public IReadOnlyList<Option> Takes { get; } = [flags.AllAtZero, flags.RestartRule, flags.Sharing, flags.Policy];

    public IReadOnlyCollection<string> Policies { get; } = ["fifo", "sjf", "srtf", "srsf", "las", "default"];

    public ISimulationResult Run(ParseResult given) => Replay(new(
        given.GetRequiredValue(flags.Jobs),
        given.GetRequiredValue(flags.Cluster),
        given.GetRequiredValue(flags.Overheads),
        given.GetRequiredValue(flags.Policy))
    {
        AllAtZero = given.GetValue(flags.AllAtZero),
        ChargeEveryEvent = given.GetRequiredValue(flags.RestartRule) == "every-event",
        Sharing = given.GetValue(flags.Sharing),
    });

    /// <summary>Equal options and files give an equal result.</summary>
    public static MuriResult Replay(MuriOptions options)
    {
        if (options.Sharing && options.Policy != "default")
            throw new InputException($"--sharing is for --policy default; --policy is '{options.Policy}'");

        var room = MuriCluster.Read(CsvTable.Open(options.Cluster));
        var jobs = MuriJobs.Read(
            CsvTable.Open(options.Jobs), RestartTable.Read(CsvTable.Open(options.Overheads)), room.Free[0], options.AllAtZero);
        var policy = options.Sharing ? SharingPolicies.Interleaving(MuriJobs.SharedSlowdown) : SharingPolicies.Create(options.Policy);
        return new MuriReplay(jobs, room, policy, options.ChargeEveryEvent).Run();
    }
}

/// <summary>What the command line says; the three names are files, plain or gzip.</summary>
internal sealed record MuriOptions(string Jobs, string Cluster, string Overheads, string Policy)
{
    /// <summary>Everything is submitted at once.</summary>
    public bool AllAtZero { get; init; }

    /// <summary>The published runs' rule: at each event every job that runs loses its restart cost, stopped or not. Otherwise only who
    /// really starts again.</summary>
    public bool ChargeEveryEvent { get; init; } = true;

    /// <summary>Up to four jobs may take turns on the same cards.</summary>
    public bool Sharing { get; init; }
}
