using System.CommandLine;
using GpuScheduler.Common.Time;
using GpuScheduler.Core.Calendars;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;
using GpuScheduler.Simulation.WhatIf;

namespace GpuScheduler.Simulation.CommandLine;

/// <summary>The command line of <c>whatif</c>: a pool with its work, and what could be different about it.</summary>
internal sealed class WhatIfCommand
{
    public const string Name = "whatif";

    public const string Notes = """
        Without --from-store or --nodes and --jobs: the pool of 'gpusched up' on this
        machine. Flags that change something may be given several times. --drain-by
        names the jobs that never end or end too late, and why; times are by your clock
        (TZ), for --nodes and --jobs in UTC. Exit code 0 whatever the answer is.

          gpusched whatif --add 4xRTX4090 --drain-by 08:00
          gpusched whatif --from-store /srv/gpusched --remove node7 --period night
          gpusched whatif --nodes nodes.yaml --jobs jobs.csv --priority 12=100
        """;

    private readonly Flags files = new();
    private readonly SourceFlags source = new("auto");
    private readonly Option<string[]> add = Several(
        "--add", "4xRTX4090", "Cards in a new machine; 2xA100:80GB@node7 in one that is there; 64xCPU cores");
    private readonly Option<string[]> remove = Several("--remove", "NODE", "A machine, or with NODE/GPU-UUID one of its cards");
    private readonly Option<string[]> spill = Several(
        "--tier-spill", "TIER=off", "A tier keeps to its own classes; TIER=CLASS:WAIT opens a class after that wait");
    private readonly Option<string[]> priority = Several("--priority", "JOB=N", "A job, or a whole array, has another priority");
    private readonly Option<string> rules = new("--with-pool") { Description = "The pool follows another pool.yaml", HelpName = "FILE" };
    private readonly Option<string> drain = new("--drain-by")
    {
        Description = "Asks whether all work will have ended by then: 08:00, now+2hours, 2026-01-05T18:00", HelpName = "TIME",
    };
    private readonly Option<double> kwh = Flags.Decimal("--kwh-usd", "Price of a kilowatt-hour, USD", 0.30);

    private readonly TimeProvider time;
    private readonly IProgressBar bar;

    private WhatIfCommand(TimeProvider time, IProgressBar bar) => (this.time, this.bar) = (time, bar);

    private Option[] Questions => [add, remove, spill, priority, rules, drain];

    /// <param name="run">Runs the replays and prints what they find; returns the exit code.</param>
    /// <param name="time">The present, for work that waits now.</param>
    /// <param name="bar">Shows how far a long replay is.</param>
    public static Command Create(Func<Func<ISimulationResult>, IReport, int> run, TimeProvider time, IProgressBar bar)
    {
        var self = new WhatIfCommand(time, bar);
        var command = new RootCommand(
            "Replays a pool's work on the pool as it is and as it could be, and shows\nboth side by side. Nothing is changed.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        foreach (var option in
            (Option[])[.. self.Questions, .. self.source.All, self.files.Nodes, self.files.Jobs, self.files.Pool, self.files.Faults,
                self.files.StartAt, self.kwh, self.files.By, self.files.Output])
            command.Options.Add(option);

        command.Validators.Add(result =>
        {
            bool Given(Option flag) => result.GetResult(flag) is { Implicit: false };
            foreach (var fault in self.source.Check(Given, self.files.Nodes, self.files.Jobs, Name))
                result.AddError(fault);
            if (!self.Questions.Any(Given))
                result.AddError(
                    $"{Name} needs a question: {string.Join(", ", self.Questions.Select(flag => $"{flag.Name} {flag.HelpName}"))}");
        });
        command.SetAction(given => run(() => self.Run(given), Flags.ReportOf(given.GetRequiredValue(self.files.Output))));
        return command;
    }

    private WhatIfResult Run(ParseResult given)
    {
        var now = time.GetUtcNow();
        var store = source.Wish(given, now);
        var scenario = PoolScenario.Read(new(
            given.GetValue(files.Nodes) ?? "", given.GetValue(files.Jobs) ?? "", given.GetValue(files.Pool) ?? "",
            given.GetValue(files.Faults) ?? "")
        {
            Store = store,
            StartAt = given.GetValue(files.StartAt),
            By = given.GetRequiredValue(files.By),
        });
        if (scenario.Jobs.Count == 0)
            throw new NotFoundException(
                "there is nothing to replay: no job runs or waits, and none ran in the period; --period all takes in everything");

        var changes = new List<PoolChange>();
        var changed = Readers(given).Aggregate(scenario, (soFar, read) =>
        {
            changes.Add(read(soFar));
            return changes[^1].Apply(soFar);
        });
        var (clock, zone) = store is null
            ? (LocalClock.Fixed(TimeSpan.Zero), TimeZoneInfo.Utc)
            : (ClockHere(now), time.LocalTimeZone);
        var question = given.GetValue(drain) is { } by ? DrainQuestion.Read(by, scenario, clock, zone) : null;
        return new(changes, scenario.Play(bar), changed.Play(bar), question, given.GetValue(kwh));
    }

    /// <summary>Of the person who asks: the queue is drained within days, so a year ahead is plenty.</summary>
    private LocalClock ClockHere(DateTimeOffset now) => new(
        time.LocalTimeZone.GetUtcOffset(now),
        [.. ZoneChanges.Ahead(time.LocalTimeZone, now, years: 1).Select(change => new ClockChange(change.At, change.Offset))]);

    /// <summary>In an order in which each finds what it needs: rules first, then what goes before what comes.</summary>
    private IEnumerable<Func<PoolScenario, PoolChange>> Readers(ParseResult given) =>
    [
        .. given.GetValue(rules) is { } file ? [_ => ChangeRules.Read(file)] : Array.Empty<Func<PoolScenario, PoolChange>>(),
        .. Words(given, spill).Select(text => (Func<PoolScenario, PoolChange>)(pool => ChangeSpill.Read(text, pool))),
        .. Words(given, remove).Select(text => (Func<PoolScenario, PoolChange>)(pool => Remove.Read(text, pool))),
        .. Words(given, add).Select(text => (Func<PoolScenario, PoolChange>)(pool => AddCards.Read(text, pool))),
        .. Words(given, priority).Select(text => (Func<PoolScenario, PoolChange>)(pool => ChangePriority.Read(text, pool))),
    ];

    private static IEnumerable<string> Words(ParseResult given, Option<string[]> flag) =>
        (given.GetValue(flag) ?? []).SelectMany(text => text.Split(','));

    private static Option<string[]> Several(string name, string form, string description) =>
        new(name) { Description = description, HelpName = form, AllowMultipleArgumentsPerToken = false };
}
