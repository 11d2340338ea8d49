using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>Puts other rules in force. A pool is found by its name, so that alone needs a restart.</summary>
internal static class Reloading
{
    public static PoolReply Take(Turn turn, PoolInput.Reload reload)
    {
        var (old, rules) = (turn.Config, reload.Config);
        var faults = PoolConfigValidator.Validate(rules).ToList();
        if (rules.Name != old.Name)
            faults.Insert(
                0, new Fault("name", rules.Name, $"{old.Name}, the name in force: it changes only when the scheduler is started anew"));
        if (faults.Count > 0) return new PoolReply.Rejected(faults);
        turn.State.Adopt(rules, turn.Now);
        return new PoolReply.Reloaded(ConfigChanges.Between(old, rules), Warnings(turn.State));
    }

    private static IReadOnlyList<string> Warnings(PoolState state) =>
    [
        .. state.Jobs.Select(job => job.Spec.Tier).Where(tier => state.Config.Tiers.All(known => known.Name != tier))
            .GroupBy(tier => tier, StringComparer.Ordinal).OrderBy(tier => tier.Key, StringComparer.Ordinal)
            .Select(
                tier =>
                    $"{tier.Count()} jobs of tier '{tier.Key}', which the rules no longer name: they wait, or run to their end, without "
                        + "being served"),
        .. state.Hours.Idle.Select(
            idle =>
                $"nodes[{idle.Place}] ({string.Join(", ", new[] { idle.Rule.Name, idle.Rule.Label }.Where(text => text.Length > 0))}) "
                    + "holds for no machine that has ever joined"),
    ];
}
