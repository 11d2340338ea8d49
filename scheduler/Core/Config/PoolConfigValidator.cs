using System.Globalization;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Rounds;

namespace GpuScheduler.Core.Config;

/// <summary>Checks a pool's rules before they are put in force: everything wrong is told at once, and none of it is used.</summary>
public sealed class PoolConfigValidator
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly List<Fault> _faults = [];

    private PoolConfigValidator()
    {
    }

    /// <summary>Every fault, in the configuration's order; empty when it is sound. Fields are named as in <c>pool.yaml</c>.</summary>
    public static IReadOnlyList<Fault> Validate(PoolConfig config)
    {
        var validator = new PoolConfigValidator();
        validator.Require(IsName(config.Name), "name", config.Name, "1 … 64 letters, digits, '-' or '_'");
        validator.Require(PoolPolicy.Names.Contains(config.Policy), "policy", config.Policy, string.Join(", ", PoolPolicy.Names));
        validator.RequireBetween(config.Round, TimeSpan.FromSeconds(10), Day, "round");
        validator.CheckTiers(config.Tiers);
        validator.CheckPriorities(config);
        validator.CheckLeases(config.Leases);
        validator.CheckDefaults(config.Defaults);
        validator.CheckRetry(config.Retry);
        validator.CheckBackfill(config.Backfill);
        validator.CheckPreemption(config.Preemption);
        validator._faults.AddRange(OrderValidator.Validate(config));
        validator._faults.AddRange(NodeRuleValidator.Validate(config));
        validator.RequireBetween(config.Quotas.JobsPerUser, 1, int.MaxValue, "quotas.jobsPerUser");
        validator.RequireBetween(config.Quotas.MibPerUser, 1, Limits.MemoryMib, "quotas.bytesPerUser");
        validator.RequireBetween(config.History.Keep, HistoryConfig.Shortest, HistoryConfig.Longest, "history.keep");
        validator._faults.AddRange(ScoreValidator.Validate(config.Scores));
        return validator._faults;
    }

    private void CheckTiers(IReadOnlyList<TierConfig> tiers)
    {
        Require(tiers.Count > 0, "tiers", "", "at least one tier");
        for (var i = 0; i < tiers.Count; i++)
        {
            var tier = tiers[i];
            Require(IsName(tier.Name), $"tiers[{i}].name", tier.Name, "1 … 64 letters, digits, '-' or '_'");
            Require(!tiers.Take(i).Any(other => other.Name.Equals(tier.Name, StringComparison.OrdinalIgnoreCase)),
                $"tiers[{i}].name", tier.Name, "a name that no tier before it has, whatever its case");
            CheckClasses(tier, $"tiers[{i}]");
            CheckLoans(tier, $"tiers[{i}]");
            Require(Enum.IsDefined(tier.Yields), $"tiers[{i}].yields", $"{tier.Yields}", "never, checkpointed or always");
            if (tier.PreemptsByPriority is { } gap) RequireBetween(gap, 1, Limits.PriorityGap, $"tiers[{i}].preemptsByPriority");
        }
    }

    /// <summary>Who was stopped for a priority would go first again under an order that knows no priorities.</summary>
    private void CheckPriorities(PoolConfig config)
    {
        for (var i = 0; i < config.Tiers.Count; i++)
        {
            if (config.Tiers[i].PreemptsByPriority is { } gap)
                Require(
                    config.Policy == PoolPolicy.Default, $"tiers[{i}].preemptsByPriority", $"{gap}",
                    $"only with policy: {PoolPolicy.Default}; '{config.Policy}' does not order by priority");
        }
    }

    private void CheckClasses(TierConfig tier, string field)
    {
        Require(
            tier.Classes.Count > 0, $"{field}.classes", "",
            "at least one device class: datacenter, professional, consumer, integrated, cpu");
        for (var i = 0; i < tier.Classes.Count; i++)
        {
            var name = $"{tier.Classes[i]}".ToLowerInvariant();
            Require(
                Enum.IsDefined(tier.Classes[i]), $"{field}.classes[{i}]", name, "datacenter, professional, consumer, integrated or cpu");
            Require(!tier.Classes.Take(i).Contains(tier.Classes[i]), $"{field}.classes[{i}]", name, "each class once");
        }
        for (var i = 0; i < tier.Spill.Count; i++)
        {
            var (spill, name) = (tier.Spill[i], $"{tier.Spill[i].Class}".ToLowerInvariant());
            Require(
                Enum.IsDefined(spill.Class), $"{field}.spill[{i}].class", name, "datacenter, professional, consumer, integrated or cpu");
            Require(
                !tier.Classes.Contains(spill.Class), $"{field}.spill[{i}].class", name,
                "a class that is not a first choice of the tier already");
            Require(!tier.Spill.Take(i).Any(other => other.Class == spill.Class), $"{field}.spill[{i}].class", name, "each class once");
            RequireBetween(spill.After, TimeSpan.Zero, 365 * Day, $"{field}.spill[{i}].after");
        }
    }

    private void CheckLoans(TierConfig tier, string field)
    {
        for (var i = 0; i < tier.Loans.Count; i++)
        {
            var (loan, name) = (tier.Loans[i], $"{tier.Loans[i].Class}".ToLowerInvariant());
            Require(loan.Class is DeviceClass.Datacenter or DeviceClass.Professional or DeviceClass.Consumer or DeviceClass.Integrated,
                $"{field}.loans[{i}].class", name, "datacenter, professional, consumer or integrated");
            Require(!tier.Classes.Contains(loan.Class) && tier.Spill.All(spill => spill.Class != loan.Class),
                $"{field}.loans[{i}].class", name, "a class that the tier does not use as its own, by 'classes' or 'spill'");
            Require(!tier.Loans.Take(i).Any(other => other.Class == loan.Class), $"{field}.loans[{i}].class", name, "each class once");
            RequireBetween(loan.Idle, TimeSpan.Zero, 365 * Day, $"{field}.loans[{i}].idle");
        }
    }

    private void CheckPreemption(PreemptionConfig preemption)
    {
        RequireBetween(preemption.Depth, 0, Limits.PreemptionDepth, "preemption.depth");
        RequireBetween(preemption.MinRun, TimeSpan.Zero, 7 * Day, "preemption.minRun");
        RequireBetween(preemption.CoolDown, TimeSpan.Zero, 7 * Day, "preemption.coolDown");
        RequireBetween(preemption.RestartCost, TimeSpan.Zero, 7 * Day, "preemption.restartCost");
    }

    private void CheckLeases(LeaseConfig leases)
    {
        RequireBetween(leases.Heartbeat, TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(5), "leases.heartbeat");
        Require(leases.Lease >= 3 * leases.Heartbeat && leases.Lease <= 7 * Day, "leases.lease", Text(leases.Lease),
            $"at least three heartbeats ({Text(3 * leases.Heartbeat)}), so that one lost message costs no attempt, and at most "
                + $"{Text(7 * Day)}");
    }

    private void CheckDefaults(JobDefaults defaults)
    {
        RequireBetween(defaults.Cpus, 1, Limits.Cpus, "defaults.cpus");
        RequireBetween(defaults.CpusPerGpu, 1, Limits.Cpus, "defaults.cpusPerGpu");
        RequireBetween(defaults.MemoryMib, 1, Limits.MemoryMib, "defaults.memoryMib");
        RequireBetween(defaults.Retries, 0, Limits.Retries, "defaults.retries");
        RequireBetween(defaults.Grace, TimeSpan.Zero, Limits.Grace, "defaults.grace");
        RequireBetween(defaults.MaxArraySize, 1, Limits.ArraySize, "defaults.maxArraySize");
    }

    private void CheckRetry(RetryConfig retry)
    {
        RequireBetween(retry.First, TimeSpan.Zero, Day, "retry.first");
        RequireBetween(retry.Longest, retry.First, 7 * Day, "retry.longest");
        RequireBetween(retry.NodeLaunchFailures, 1, Limits.Retries, "retry.nodeLaunchFailures");
        RequireBetween(retry.JobLaunchFailures, 1, Limits.Retries, "retry.jobLaunchFailures");
    }

    private void CheckBackfill(BackfillConfig backfill)
    {
        RequireBetween(backfill.Depth, 0, Limits.BackfillDepth, "backfill.depth");
        RequireBetween(backfill.Patience, TimeSpan.Zero, 365 * Day, "backfill.patience");
    }

    private void RequireBetween(TimeSpan value, TimeSpan least, TimeSpan most, string field) =>
        Require(value >= least && value <= most, field, Text(value), $"{Text(least)} … {Text(most)}");

    private void RequireBetween(long value, long least, long most, string field) =>
        Require(value >= least && value <= most, field, value.ToString(CultureInfo.InvariantCulture), $"{least} … {most}");

    private void Require(bool ok, string field, string value, string allowed)
    {
        if (!ok) _faults.Add(new Fault(field, value, allowed));
    }

    /// <summary><c>[d.]hh:mm:ss[.fffffff]</c>.</summary>
    private static string Text(TimeSpan time) => SpanText.Of(time);

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
