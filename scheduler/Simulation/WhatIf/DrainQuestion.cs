using System.Globalization;
using System.Text.Json.Nodes;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Calendars;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.WhatIf;

/// <summary>Will the queue be empty by then?</summary>
/// <param name="By">The moment, on the asker's clock.</param>
/// <param name="Start">The date at 0 s of the replay.</param>
internal sealed record DrainQuestion(DateTimeOffset By, DateTimeOffset Start)
{
    private const string Day = "ddd HH:mm";

    /// <param name="text">As given after <c>--drain-by</c>.</param>
    /// <param name="scenario">A time of the day is the next one after its last job came.</param>
    /// <param name="clock">Of the person who asks.</param>
    public static DrainQuestion Read(string text, PoolScenario scenario, LocalClock clock)
    {
        var from = scenario.Start.AddSeconds(scenario.Jobs.Count == 0 ? 0 : scenario.Jobs[^1].Submit);
        return DeadlineTime.TryParse(text, "--drain-by", from, clock, out var by, out var fault)
            ? new(clock.Show(by), scenario.Start)
            : throw new InputException(fault.ToString());
    }

    public bool IsMet(PoolResult result) => result.Unfinished == 0 && EndOf(result) <= By;

    public string Answer(PoolResult result)
    {
        if (result.Unfinished > 0)
            return $"no, {result.Unfinished} never end";

        var spare = (By - EndOf(result)).TotalSeconds;
        return $"{(spare >= 0 ? "yes" : "no")}, {EndOf(result).ToString(Day, CultureInfo.InvariantCulture)} "
            + $"({TimeText.Of(Math.Abs(spare))} {(spare >= 0 ? "to spare" : "late")})";
    }

    public override string ToString() => By.ToString(Day, CultureInfo.InvariantCulture);

    public JsonObject ToJson(PoolResult before, PoolResult after) =>
        new() { ["by"] = By.ToString("O"), ["before"] = ToJson(before), ["after"] = ToJson(after) };

    private JsonObject ToJson(PoolResult result) => new()
    {
        ["drained"] = IsMet(result),
        ["at"] = result.Unfinished == 0 ? EndOf(result).ToString("O") : null,
    };

    private DateTimeOffset EndOf(PoolResult result) => Start.AddSeconds(result.Makespan).ToOffset(By.Offset);
}
