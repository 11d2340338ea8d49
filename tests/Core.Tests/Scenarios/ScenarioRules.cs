using System.Globalization;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Tests.Scenarios;

/// <summary>Reads what a scenario changes of the shipped rules: <c>rules minRun 1min</c>, <c>rules training preempts by 10</c>.</summary>
internal static class ScenarioRules
{
    public static PoolConfig With(PoolConfig rules, string text)
    {
        if (text.StartsWith("open ", StringComparison.Ordinal))
            return rules with { Nodes = [Hours(text["open ".Length..]), .. rules.Nodes] };
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["depth", var depth] => rules with { Backfill = rules.Backfill with { Depth = Number(depth) } },
            ["policy", var name] => rules with { Policy = name },
            ["round", var span] => rules with { Round = ScenarioWords.Span(span) },
            ["minRun", var span] => rules with { Preemption = rules.Preemption with { MinRun = ScenarioWords.Span(span) } },
            ["coolDown", var span] => rules with { Preemption = rules.Preemption with { CoolDown = ScenarioWords.Span(span) } },
            ["restartCost", var span] => rules with { Preemption = rules.Preemption with { RestartCost = ScenarioWords.Span(span) } },
            ["score", var name, var weight] => rules with { Scores = Score(rules.Scores, name, Number(weight)) },
            [var tier, "preempts", "by", var gap] => Tier(rules, tier, old => old with { PreemptsByPriority = Number(gap) }),
            [var tier, "yields", var how] => Tier(rules, tier, old => old with { Yields = Enum.Parse<TierYield>(how, ignoreCase: true) }),
            [var tier, "borrows", var name, "after", var idle] => Tier(rules, tier, old => old with { Loans = [Loan(name, idle, false)] }),
            [var tier, "borrows", var name, "checkpointed"] => Tier(rules, tier, old => old with { Loans = [Loan(name, "0s", true)] }),
            _ => throw new FormatException($"no such rule: {text}"),
        };
    }

    /// <summary><c>desk-*: Mon-Fri 19:00-07:00, Sat-Sun in Europe/Berlin</c>.</summary>
    private static NodeRule Hours(string text)
    {
        var colon = text.IndexOf(':');
        var hours = text[(colon + 1)..].Split(" in ", StringSplitOptions.TrimEntries);
        return new NodeRule
        {
            Name = text[..colon].Trim(),
            Available = [.. hours[0].Split(',', StringSplitOptions.TrimEntries)],
            Timezone = hours.Length > 1 ? hours[1] : null,
        };
    }

    private static ScoreConfig Score(ScoreConfig scores, string name, int weight) => name switch
    {
        "tierPreference" => scores with { TierPreference = weight },
        "finishTime" => scores with { FinishTime = weight },
        "fragmentation" => scores with { Fragmentation = weight },
        "cache" => scores with { Cache = weight },
        "thermal" => scores with { Thermal = weight },
        "power" => scores with { Power = weight },
        "faults" => scores with { Faults = weight },
        "energy" => scores with { Energy = weight },
        "cost" => scores with { Cost = weight },
        _ => throw new FormatException($"no such score: {name}"),
    };

    private static LoanRule Loan(string name, string idle, bool checkpointed) =>
        new(Enum.Parse<DeviceClass>(name, ignoreCase: true), ScenarioWords.Span(idle), checkpointed);

    private static PoolConfig Tier(PoolConfig rules, string name, Func<TierConfig, TierConfig> change)
    {
        if (rules.Tiers.All(tier => tier.Name != name)) throw new FormatException($"no such tier: {name}");
        return rules with { Tiers = [.. rules.Tiers.Select(tier => tier.Name == name ? change(tier) : tier)] };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
