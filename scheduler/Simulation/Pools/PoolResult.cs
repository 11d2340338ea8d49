using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GpuScheduler.Common.Time;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.History;
using GpuScheduler.Simulation.Measures;
using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation.Pools;

/// <summary>What a pool made of its work.</summary>
/// <param name="Submitted">Jobs of the file.</param>
/// <param name="Jobs">In order of submission.</param>
/// <param name="Classes">Those that the pool has.</param>
/// <param name="Cards">Every card.</param>
/// <param name="CardsOfNodes">How many each machine has, by its name.</param>
/// <param name="Spans">Who held what, in the order in which it was given back.</param>
/// <param name="Queue">Who came into the queue and left it, by time.</param>
/// <param name="Makespan">s from the start of the replay to the last end.</param>
/// <param name="LastSubmit">s; when the last job came.</param>
internal sealed record PoolResult(
    int Submitted,
    IReadOnlyList<JobRecord> Jobs,
    IReadOnlyDictionary<DeviceClass, ClassUse> Classes,
    IReadOnlyList<Device> Cards,
    IReadOnlyDictionary<string, int> CardsOfNodes,
    IReadOnlyList<Span> Spans,
    IReadOnlyList<QueueStep> Queue,
    double Makespan,
    double LastSubmit) : ISimulationResult
{
    private PoolMeasures? measures;
    private JobGroup? whole;
    private IReadOnlyList<JobGroup>? groups;

    public Bill Bill { get; } = Bill.Of(Cards, Spans, Makespan);

    public PoolMeasures Measures => measures ??= PoolMeasures.Of(this);

    /// <summary>Where the rules are from, for people; empty: they are the shipped ones.</summary>
    public string RulesFile { get; init; } = "";

    /// <summary>What jobs are told apart by, one of <see cref="JobGroup.Ways"/>.</summary>
    public string By { get; init; } = JobGroup.ByTier;

    /// <summary>All jobs.</summary>
    public JobGroup Whole => whole ??= JobGroup.Of("all", Jobs, this);

    /// <summary>Told apart as asked.</summary>
    public IReadOnlyList<JobGroup> Groups => groups ??= JobGroup.Of(this, By);

    /// <summary>Left out of the replay, as they wait for a person.</summary>
    public IReadOnlyList<HeldJob> Held { get; init; } = [];

    /// <summary>When machines and cards took no work.</summary>
    public Downtime Downtime { get; init; } = Downtime.None;

    /// <summary>Cores that each machine has for work, by its name.</summary>
    public IReadOnlyDictionary<string, int> CoresOfNodes { get; init; } = new Dictionary<string, int>();

    /// <summary>The pool's own: hours of the day are told in it.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>1 where jobs never end, and 0 otherwise.</summary>
    public int ExitCode => Unfinished > 0 ? 1 : 0;

    public string Complaint => Unfinished == 0 ? "" : $"{Unfinished} of {Submitted} jobs never end";

    /// <summary>What a store had, if the work is from one.</summary>
    public RecordedCounts? Recorded { get; init; }

    public int Completed => Jobs.Count(job => job.Outcome == JobState.Completed);

    public int Unfinished => Submitted - Jobs.Count(job => job.Ended is not null);

    /// <summary>Of the hours until the last job ended in which a class was open and healthy; 0 for one that the pool hasn't.</summary>
    public double InUsePercent(DeviceClass grade) => Classes.TryGetValue(grade, out var use) ? use.InUsePercent(Makespan) : 0;

    /// <summary>Each card with its machine's name.</summary>
    public IEnumerable<(string Node, Device Card)> CardsByNode() =>
        CardsOfNodes.SelectMany(node => Enumerable.Repeat(node.Key, node.Value)).Zip(Cards);

    public JsonObject ToJson(TimeSpan elapsed) => new()
    {
        ["jobs"] = Submitted,
        ["completed"] = Completed,
        ["failed"] = Submitted - Completed - Unfinished,
        ["unfinished"] = Unfinished,
        ["neverEnded"] = UnendedJobs.ToJson(this),
        ["attempts"] = Jobs.Sum(job => job.Attempts),
        ["jctSeconds"] = Whole.Jct.ToJson(),
        ["waitSeconds"] = Whole.Wait.ToJson(),
        ["bestMeanJctSeconds"] = Rounded(Whole.BestMeanJct),
        ["makespanSeconds"] = Rounded(Makespan),
        ["classes"] = new JsonObject(
            Classes.Select(entry => KeyValuePair.Create<string, JsonNode?>(NameOf(entry.Key), ToJson(entry.Value)))),
        ["tiers"] = ToJson(By == JobGroup.ByTier ? Groups : JobGroup.Of(this, JobGroup.ByTier)),
        ["by"] = By,
        ["groups"] = ToJson(Groups),
        ["unallocatedPercent"] = Rounded(Measures.UnallocatedPercent),
        ["fragmentedPercent"] = Rounded(Measures.FragmentedPercent),
        ["finishTimeFairness"] = new JsonObject
        {
            ["mean"] = Rounded(Measures.Fairness.Mean),
            ["worst"] = Rounded(Measures.Fairness.Worst),
            ["unfairPercent"] = Rounded(Measures.Fairness.UnfairPercent),
        },
        ["lostCardSeconds"] = Rounded(Measures.LostCardSeconds),
        ["restartCardSeconds"] = Rounded(Measures.RestartCardSeconds),
        ["recorded"] = Recorded?.ToJson(),
        ["rules"] = RulesFile.Length == 0 ? null : RulesFile,
        ["energyKwh"] = Rounded(Bill.EnergyKwh),
        ["cardCostUsd"] = Rounded(Bill.CardsUsd),
        ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
    };

    public string ToText(TimeSpan elapsed)
    {
        var text = new StringBuilder();
        if (Recorded is { } recorded)
            Line(text, $"from the store: {recorded}; rules: {(RulesFile.Length == 0 ? "as shipped" : RulesFile)}");

        Line(
            text,
            $"{Submitted} jobs: {Completed} completed, {Submitted - Completed - Unfinished} failed, {Unfinished} unfinished, in {Makespan:f0} s ({elapsed.TotalSeconds:f2} s of real time)");
        if (Unfinished > 0)
            Line(text, $"these never end:");
        foreach (var line in UnendedJobs.Lines(this, "    ", sentence => MomentText.Within(sentence, Zone)))
            text.AppendLine(line);

        Line(text, $"{By,-16}     jobs   mean JCT s   median      p99   mean wait s   median      p99   no mean JCT is below");
        foreach (var group in Groups.Count > 1 ? Groups.Append(Whole) : [Whole])
            Line(text, $"{group.Name,-16} {group.Jobs,8} {Times(group.Jct)}   {Times(group.Wait)}   {group.BestMeanJct,20:f1}");

        Line(
            text,
            $"class            in use %  held %  useful %  idle %  broken %  closed %  held while jobs came %  lost card-s  restart card-s");
        foreach (var (grade, use) in Classes)
            Line(
                text,
                $"{NameOf(grade),-16} {use.InUsePercent(Makespan),8:f1}  {Share(use.Held, use),6:f1}  {Share(use.Useful, use),8:f1}  {Share(use.Idle(Makespan), use),6:f1}  {Share(use.Broken, use),8:f1}  {Share(use.Closed, use),8:f1}  {WhileArriving(use),22:f1}  {use.Lost.Values.Sum(),11:f0}  {use.Restart,14:f0}");

        Line(
            text,
            $"cards unallocated {Measures.UnallocatedPercent:f1} %, too scattered for the work {Measures.FragmentedPercent:f1} %; lost {Measures.LostCardSeconds / 3600:f1} card-h, restarts {Measures.RestartCardSeconds / 3600:f1} card-h");
        Line(
            text,
            $"finish-time fairness rho: mean {Measures.Fairness.Mean:f2}, worst {Measures.Fairness.Worst:f2}, above 1.05 {Measures.Fairness.UnfairPercent:f1} % of jobs");
        text.Append(CultureInfo.InvariantCulture, $"energy {Bill.EnergyKwh:f1} kWh, cards {Bill.CardsUsd:f2} USD ({Bill.Basis})");
        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));

    private static string NameOf(DeviceClass grade) => grade.ToString().ToLowerInvariant();

    private static double Rounded(double value) => Math.Round(value, 3);

    private static string Times(Distribution times) =>
        string.Create(CultureInfo.InvariantCulture, $"{times.Mean,12:f1} {times.Median,8:f0} {times.P99,8:f0}");

    private static JsonObject ToJson(IEnumerable<JobGroup> groups) =>
        new(groups.Select(group => KeyValuePair.Create<string, JsonNode?>(group.Name, group.ToJson())));

    private double Share(double part, ClassUse use) => Makespan > 0 ? 100 * part / use.Offered(Makespan) : 0;

    private double WhileArriving(ClassUse use) => LastSubmit > 0 ? 100 * use.HeldWhileArriving / use.Offered(LastSubmit) : 0;

    private JsonObject ToJson(ClassUse use) => new()
    {
        ["cards"] = use.Capacity,
        ["inUsePercent"] = Rounded(use.InUsePercent(Makespan)),
        ["heldPercent"] = Rounded(Share(use.Held, use)),
        ["usefulPercent"] = Rounded(Share(use.Useful, use)),
        ["idlePercent"] = Rounded(Share(use.Idle(Makespan), use)),
        ["heldWhileArrivingPercent"] = Rounded(WhileArriving(use)),
        ["brokenPercent"] = Rounded(Share(use.Broken, use)),
        ["closedPercent"] = Rounded(Share(use.Closed, use)),
        ["restartSeconds"] = Rounded(use.Restart),
        ["lostSeconds"] = new JsonObject(
            use.Lost.Select(lost => KeyValuePair.Create<string, JsonNode?>(lost.Key.ToString(), Rounded(lost.Value)))),
    };
}
