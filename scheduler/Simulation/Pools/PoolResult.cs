using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation.Pools;

/// <summary>What a pool made of its work.</summary>
/// <param name="Submitted">Jobs of the file.</param>
/// <param name="Jobs">In order of submission.</param>
/// <param name="Classes">Those that the pool has.</param>
/// <param name="Cards">Every card.</param>
/// <param name="Spans">Who held what, in the order in which it was given back.</param>
/// <param name="Queue">Who came into the queue and left it, by time.</param>
/// <param name="Makespan">s from the start of the replay to the last end.</param>
/// <param name="LastSubmit">s; when the last job came.</param>
internal sealed record PoolResult(
    int Submitted,
    IReadOnlyList<JobRecord> Jobs,
    IReadOnlyDictionary<DeviceClass, ClassUse> Classes,
    IReadOnlyList<Device> Cards,
    IReadOnlyList<Span> Spans,
    IReadOnlyList<QueueStep> Queue,
    double Makespan,
    double LastSubmit) : ISimulationResult
{
    public Bill Bill { get; } = Bill.Of(Cards, Spans, Makespan);

    public int Completed => Jobs.Count(job => job.Outcome == JobState.Completed);

    public int Unfinished => Submitted - Jobs.Count(job => job.Ended is not null);

    public JsonObject ToJson(TimeSpan elapsed) => new()
    {
        ["jobs"] = Submitted,
        ["completed"] = Completed,
        ["failed"] = Submitted - Completed - Unfinished,
        ["unfinished"] = Unfinished,
        ["attempts"] = Jobs.Sum(job => job.Attempts),
        ["jctSeconds"] = Distribution.Of(Jobs.Select(job => job.Jct)).ToJson(),
        ["waitSeconds"] = Distribution.Of(Jobs.Select(job => job.Wait)).ToJson(),
        ["makespanSeconds"] = Rounded(Makespan),
        ["classes"] = new JsonObject(Classes.Select(entry => KeyValuePair.Create<string, JsonNode?>(NameOf(entry.Key), ToJson(entry.Value)))),
        ["tiers"] = new JsonObject(Tiers().Select(tier => KeyValuePair.Create<string, JsonNode?>(tier.Key, new JsonObject
        {
            ["jobs"] = tier.Count(),
            ["jctSeconds"] = Distribution.Of(tier.Select(job => job.Jct)).ToJson(),
            ["waitSeconds"] = Distribution.Of(tier.Select(job => job.Wait)).ToJson(),
        }))),
        ["energyKwh"] = Rounded(Bill.EnergyKwh),
        ["cardCostUsd"] = Rounded(Bill.CardsUsd),
        ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
    };

    public string ToText(TimeSpan elapsed)
    {
        var text = new StringBuilder();
        var (jct, wait) = (Distribution.Of(Jobs.Select(job => job.Jct)), Distribution.Of(Jobs.Select(job => job.Wait)));
        Line(text, $"{Submitted} jobs: {Completed} completed, {Submitted - Completed - Unfinished} failed, {Unfinished} unfinished, in {Makespan:f0} s ({elapsed.TotalSeconds:f2} s of real time)");
        Line(text, $"JCT  s   mean {jct.Mean:f1}   median {jct.Median:f1}   p99 {jct.P99:f1}");
        Line(text, $"wait s   mean {wait.Mean:f1}   median {wait.Median:f1}   p99 {wait.P99:f1}");
        foreach (var tier in Tiers())
            Line(text, $"  {tier.Key,-16} {tier.Count(),7} jobs   mean JCT {Distribution.Of(tier.Select(job => job.Jct)).Mean:f1} s   mean wait {Distribution.Of(tier.Select(job => job.Wait)).Mean:f1} s");

        Line(text, $"class            held %  useful %  idle %  broken %  held while jobs came %  lost card-s  restart card-s");
        foreach (var (grade, use) in Classes)
            Line(text, $"{NameOf(grade),-16} {Share(use.Held, use),6:f1}  {Share(use.Useful, use),8:f1}  {Idle(use),6:f1}  {Share(use.Broken(Makespan), use),8:f1}  {WhileArriving(use),22:f1}  {use.Lost.Values.Sum(),11:f0}  {use.Restart,14:f0}");

        text.Append(CultureInfo.InvariantCulture, $"energy {Bill.EnergyKwh:f1} kWh, cards {Bill.CardsUsd:f2} USD ({Bill.Basis})");
        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));

    private static string NameOf(DeviceClass grade) => grade.ToString().ToLowerInvariant();

    private static double Rounded(double value) => Math.Round(value, 3);

    private IOrderedEnumerable<IGrouping<string, JobRecord>> Tiers() =>
        Jobs.Where(job => job.Tier.Length > 0).GroupBy(job => job.Tier).OrderBy(tier => tier.Key, StringComparer.Ordinal);

    private double Share(double part, ClassUse use) => Makespan > 0 ? 100 * part / use.Offered(Makespan) : 0;

    private double WhileArriving(ClassUse use) => LastSubmit > 0 ? 100 * use.HeldWhileArriving / use.Offered(LastSubmit) : 0;

    private double Idle(ClassUse use) => Math.Max(0, 100 - Share(use.Held, use) - Share(use.Broken(Makespan), use));

    private JsonObject ToJson(ClassUse use) => new()
    {
        ["cards"] = use.Capacity,
        ["heldPercent"] = Rounded(Share(use.Held, use)),
        ["usefulPercent"] = Rounded(Share(use.Useful, use)),
        ["idlePercent"] = Rounded(Idle(use)),
        ["heldWhileArrivingPercent"] = Rounded(WhileArriving(use)),
        ["brokenPercent"] = Rounded(Share(use.Broken(Makespan), use)),
        ["restartSeconds"] = Rounded(use.Restart),
        ["lostSeconds"] = new JsonObject(use.Lost.Select(lost => KeyValuePair.Create<string, JsonNode?>(lost.Key.ToString(), Rounded(lost.Value)))),
    };
}
