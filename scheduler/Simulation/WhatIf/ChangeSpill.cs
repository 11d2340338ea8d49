using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.WhatIf;

/// <summary>
/// <c>training=off</c>: the tier keeps to its own classes; <c>training=consumer:10m</c>: that class opens after that wait.
/// </summary>
/// <param name="Rule">Null: no spilling.</param>
internal sealed record ChangeSpill(string Tier, SpillRule? Rule) : PoolChange
{
    private const string Off = "off";

    private static readonly string s_allowed =
        "TIER=off, or TIER=CLASS[:WAIT] with one of "
            + $"{string.Join(", ", Enum.GetNames<DeviceClass>().Select(name => name.ToLowerInvariant()))}, such as training=consumer:10m";

    public override string Text =>
        Rule is { } rule
            ? $"{Tier} spills to {rule.Class.ToString().ToLowerInvariant()} after {rule.After.TotalMinutes:0.#} min"
            : $"{Tier} does not spill";

    /// <param name="text">As given after <c>--tier-spill</c>.</param>
    /// <param name="scenario">The pool so far.</param>
    public static ChangeSpill Read(string text, PoolScenario scenario)
    {
        if (text.Split('=') is not [var tier, var what])
            throw new InputException($"--tier-spill is '{text}'; allowed: {s_allowed}");

        var names = scenario.Config.Tiers.Select(known => known.Name).ToList();
        if (!names.Contains(tier))
        {
            var near = Nearest.To(tier, names, 1) is [var one] ? $"; did you mean '{one}'?" : "";
            throw new InputException($"--tier-spill names tier '{tier}'; allowed: {string.Join(", ", names)}{near}");
        }

        return new(tier, what == Off ? null : Rules(text, what, scenario.Config.Tiers.First(known => known.Name == tier)));
    }

    public override PoolScenario Apply(PoolScenario scenario) => scenario with
    {
        Config = scenario.Config with { Tiers = [.. scenario.Config.Tiers.Select(tier => tier.Name == Tier ? Changed(tier) : tier)] },
    };

    private static SpillRule Rules(string text, string what, TierConfig tier)
    {
        var parts = what.Split(':', 2);
        if (!Enum.TryParse<DeviceClass>(parts[0], ignoreCase: true, out var grade) || !char.IsLetter(parts[0][0]))
            throw new InputException($"--tier-spill is '{text}'; allowed: {s_allowed}");

        TimeSpan? wait = TimeSpan.Zero;
        if (parts.Length == 2 && !TimeLimits.TryParse(parts[1], "wait", out wait, out var fault))
            throw new InputException($"--tier-spill is '{text}': {fault}");

        // A class that needs a checkpoint keeps needing it.
        return new(
            grade, wait ?? TimeSpan.Zero,
            tier.Spill.FirstOrDefault(rule => rule.Class == grade)?.NeedsCheckpoint ?? grade == DeviceClass.Consumer);
    }

    private TierConfig Changed(TierConfig tier) => tier with
    {
        Spill = Rule is { } rule ? [.. tier.Spill.Where(known => known.Class != rule.Class), rule] : [],
    };
}
