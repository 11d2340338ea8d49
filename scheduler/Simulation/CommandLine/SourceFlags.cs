using System.CommandLine;
using GpuScheduler.Simulation.History;

namespace GpuScheduler.Simulation.CommandLine;

/// <summary>Flags that name a live scheduler's store instead of files.</summary>
/// <param name="period">What is replayed unless the flag says it.</param>
internal sealed class SourceFlags(string period)
{
    private const string Automatic = "auto";

    private static readonly Dictionary<string, Period?> s_periods = new()
    {
        [Automatic] = null, ["now"] = History.Period.Now, ["night"] = History.Period.Night, ["all"] = History.Period.All,
    };

    public Option<string> Store { get; } = new("--from-store")
    {
        Description = "Work and machines from a scheduler's store, which may be in use and is only read: the store, its folder, or that "
            + "of 'gpusched up'",
        HelpName = "DIR",
    };

    public Option<string> Period { get; } = Flags.Choice(
        "--period", "With --from-store. now: what runs or waits. night: the last 24 hours. auto: now, or if nothing waits, night",
        s_periods.Keys, period);

    public Option<string> Speeds { get; } = Flags.Choice(
        "--speeds", "With --from-store. catalog: on other cards a job runs as fast as their throughput says. same: as fast as where it ran",
        ["catalog", "same"], "catalog");

    public IEnumerable<Option> All => [Store, Period, Speeds];

    /// <summary>Either a store, or files.</summary>
    public IEnumerable<string> Check(Func<Option, bool> given, Option nodes, Option jobs, string who)
    {
        if (given(Store) && given(jobs))
            yield return $"{jobs.Name} and {Store.Name} both name the work; give one of them";

        foreach (var missing in given(Store) ? [] : new[] { nodes, jobs }.Where(flag => !given(flag)))
            yield return $"{who} needs {missing.Name} {missing.HelpName}, or {Store.Name} {Store.HelpName}";

        foreach (var idle in given(Store) ? [] : new Option[] { Period, Speeds }.Where(given))
            yield return $"{idle.Name} is only for {Store.Name}";
    }

    /// <param name="now">The present; null: the store's newest moment.</param>
    public StoreWish? Wish(ParseResult given, DateTimeOffset? now) => given.GetValue(Store) is { } path
        ? new(path, s_periods[given.GetRequiredValue(Period)], now, given.GetValue(Speeds) != "same")
        : null;
}
