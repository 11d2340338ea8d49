using System.CommandLine;
using GpuScheduler.Core.Policies;
using GpuScheduler.Core.Policies.Kinds;
using GpuScheduler.Simulation.CommandLine;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation.Gavel;

/// <summary>Jobs that run at different speeds on different kinds of cards, in rounds, after Gavel (Narayanan et al., OSDI 2020).</summary>
internal sealed class GavelFormat(Flags flags, IProgressBar bar) : IFormat
{
    private static readonly Dictionary<string, Func<bool, ISharingPolicy>> s_policies = new(StringComparer.Ordinal)
    {
        ["fifo"] = _ => new SpreadFirstCome(),
        ["fifo-perf"] = _ => new RankedPolicy("fifo-perf", needsRunTimes: false, job => job.Arrival) { Strict = true },
        ["las"] = _ => new EqualShare(),
        ["max-min"] = _ => new LeastProgress(),
        ["srtf"] = _ => SharingPolicies.Create("srtf"),
        ["default"] = known => new ComparativeAdvantage(known),
    };

    public string Name => "gavel";

    public IReadOnlyList<Option> Needs { get; } = [flags.Jobs, flags.Throughputs, flags.Cluster, flags.Rate];

    public IReadOnlyList<Option> Takes { get; } = [flags.Window, flags.Durations, flags.Policy];

    public IReadOnlyCollection<string> Policies => s_policies.Keys;

    public ISimulationResult Run(ParseResult given) => Replay(
        new(
            given.GetRequiredValue(flags.Jobs),
            given.GetRequiredValue(flags.Throughputs),
            ClusterText.Read(given.GetRequiredValue(flags.Cluster)),
            given.GetValue(flags.Rate),
            given.GetRequiredValue(flags.Policy))
        {
            Window = given.GetValue(flags.Window) is { } window ? WindowText.Read(window) : null,
            DurationsKnown = given.GetRequiredValue(flags.Durations) == "known",
        },
        bar);

    /// <summary>Equal options and files give an equal result.</summary>
    public static GavelResult Replay(GavelOptions options, IProgressBar bar)
    {
        var table = CsvTable.Open(options.Jobs);
        var throughputs = Throughputs.Read(CsvTable.Open(options.Throughputs), [.. options.Cluster.Select(kind => kind.Name)]);
        var policy = s_policies[options.Policy](options.DurationsKnown);
        if (policy.NeedsRunTimes && !options.DurationsKnown)
            throw new InputException($"--durations is 'unknown'; allowed with --policy {options.Policy}: known");

        var rows = table.Rows.Count();
        var (first, last) = options.Window ?? (0, rows);
        if (last > rows)
            throw new InputException($"--window is '{first}-{last}'; allowed: rows from 0 to {rows} of {options.Jobs}");

        var jobs = GavelJobs.Read(table, throughputs, 3600 / options.RatePerHour, times: options.Window is null ? 1 : 2);
        var room = new Room(options.Cluster.Select(kind => (IReadOnlyList<int>)Enumerable.Repeat(1, kind.Cards).ToArray()));
        var times = new GavelReplay(jobs, room, policy, first, last).Run(bar.Show);
        bar.Clear();
        return new(
            options.Policy, times.Count, times.Average() / 3600,
            jobs.Where(job => job.Id >= first && job.Id < last).Average(GavelJobs.BestHours));
    }
}

/// <summary>What the command line says.</summary>
/// <param name="Jobs">A file, plain or gzip, as <paramref name="Throughputs"/>.</param>
/// <param name="RatePerHour">Arrivals.</param>
internal sealed record GavelOptions(
    string Jobs, string Throughputs, IReadOnlyList<(string Name, int Cards)> Cluster, double RatePerHour, string Policy)
{
    /// <summary>First job that counts, and one after the last; null: all.</summary>
    public (int First, int Last)? Window { get; init; }

    /// <summary>Policies may know how much work is left.</summary>
    public bool DurationsKnown { get; init; } = true;
}
