using System.Globalization;
using System.Text.Json.Nodes;
using GpuScheduler.Common.Time;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Calendars;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.WhatIf;

/// <summary>Will the queue be empty by then? And if not, because of which jobs?</summary>
/// <param name="By">The moment.</param>
/// <param name="Start">The date at 0 s of the replay.</param>
/// <param name="Zone">In which moments are told: of the person who asks, or UTC where the work is from files.</param>
internal sealed record DrainQuestion(DateTimeOffset By, DateTimeOffset Start, TimeZoneInfo Zone)
{
    private const int Listed = 100;
    private const string Day = "ddd HH:mm";
    private const string Indent = "    ";

    /// <param name="text">As given after <c>--drain-by</c>.</param>
    /// <param name="scenario">A time of the day is the next one after its last job came.</param>
    /// <param name="clock">Of the person who asks.</param>
    /// <param name="zone">The same, for what is answered.</param>
    public static DrainQuestion Read(string text, PoolScenario scenario, LocalClock clock, TimeZoneInfo zone)
    {
        var from = scenario.Start.AddSeconds(scenario.Jobs.Count == 0 ? 0 : scenario.Jobs[^1].Submit);
        return DeadlineTime.TryParse(text, "--drain-by", from, clock, out var by, out var fault)
            ? new(clock.Show(by), scenario.Start, zone)
            : throw new InputException(fault.ToString());
    }

    public bool IsMet(PoolResult result) => result.Unfinished == 0 && EndOf(result) <= By;

    public string Answer(PoolResult result)
    {
        var late = LateJobs(result).Count;
        if (result.Unfinished > 0)
            return $"no, {Count(result.Unfinished, "never ends", "never end")}{(late > 0 ? $", and {Count(late, "ends", "end")} later" : "")}";

        var spare = (By - EndOf(result)).TotalSeconds;
        return spare >= 0
            ? $"yes, {Short(EndOf(result))} ({TimeText.Of(spare)} to spare)"
            : $"no, {Short(EndOf(result))} ({TimeText.Of(-spare)} late): {Count(late, "ends", "end")} later";
    }

    /// <summary>Below the answer: which jobs never end and why, then which end too late, the last first.</summary>
    public IEnumerable<string> Details(PoolResult result) =>
    [
        .. UnendedJobs.Lines(result, Indent, sentence => MomentText.Within(sentence, Zone)),
        .. UnendedJobs.Few(LateJobs(result), Indent, job => $"{job.Title}: {WhyLate(job.Job)}"),
    ];

    /// <summary>Those that the replay left out.</summary>
    public static IEnumerable<string> Held(PoolResult result) => result.Held.Count == 0
        ? []
        : Paragraph.Lines(
            $"not counted, as {(result.Held.Count == 1 ? "it waits" : "they wait")} for a person: "
                + string.Join(", ", result.Held.Take(5).Select(job => $"{job.Id} {job.Name} ({job.Why})"))
                + (result.Held.Count > 5 ? $" and {result.Held.Count - 5} more" : ""),
            "  ");

    /// <summary>With the date, and the zone that holds for the whole answer.</summary>
    public override string ToString() =>
        $"{Shown(By).ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} {Offset(Shown(By))}";

    public JsonObject ToJson(PoolResult before, PoolResult after) => new()
    {
        ["by"] = By.ToString("O"),
        ["before"] = ToJson(before),
        ["after"] = ToJson(after),
        ["heldLeftOut"] = new JsonArray([.. before.Held.Select(
            job => new JsonObject { ["id"] = job.Id, ["name"] = job.Name, ["text"] = job.Why })]),
    };

    private JsonObject ToJson(PoolResult result)
    {
        var late = LateJobs(result);
        return new()
        {
            ["drained"] = IsMet(result),
            ["at"] = result.Unfinished == 0 ? EndOf(result).ToString("O") : null,
            ["neverEnd"] = result.Unfinished,
            ["late"] = late.Count,
            ["neverEnded"] = UnendedJobs.ToJson(result),
            ["lateJobs"] = new JsonArray([.. late.Take(Listed).Select(job => new JsonObject
            {
                ["id"] = job.Id,
                ["name"] = job.Job.Job.Draft.Name,
                ["endsAt"] = Moment(job.Job.Ended!.Value).ToString("O"),
                ["text"] = WhyLate(job.Job),
            })]),
        };
    }

    private IReadOnlyList<NamedJob> LateJobs(PoolResult result) =>
    [
        .. UnendedJobs.Numbered(result).Where(job => job.Job.Ended is { } end && Moment(end) > By)
            .OrderByDescending(job => job.Job.Ended),
    ];

    /// <summary>It waits long, or takes long, or both; and what the time that it takes rests on.</summary>
    private string WhyLate(JobRecord job)
    {
        var (start, end) = (job.Started ?? job.Submitted, job.Ended!.Value);
        var began = job.Wait >= 1 ? $"starts {Short(Moment(start))} after {TimeText.Of(job.Wait.Value)} in the queue" : "starts at once";
        var basis = job.Job.Guessed.Length > 0 ? $" ({job.Job.Guessed})" : "";
        return $"ends {Short(Moment(end))}: {began}, then takes {TimeText.Of(end - start)}{basis}";
    }

    private DateTimeOffset Moment(double seconds) => Start.AddSeconds(seconds);

    private DateTimeOffset EndOf(PoolResult result) => Shown(Moment(result.Makespan));

    private DateTimeOffset Shown(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);

    private string Short(DateTimeOffset moment) => Shown(moment).ToString(Day, CultureInfo.InvariantCulture);

    private static string Offset(DateTimeOffset moment) =>
        moment.Offset == TimeSpan.Zero ? "UTC" : moment.ToString("'UTC'zzz", CultureInfo.InvariantCulture);

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
