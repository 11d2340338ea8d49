using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GpuScheduler.Host.PoolFile;

/// <summary>Reads a <c>pool.yaml</c>. What it doesn't name keeps its shipped value; what it misnames is refused.</summary>
public static class PoolFileReader
{
    /// <summary>The rules, and every fault with its line; with faults the rules are not to be used.</summary>
    public static (PoolConfig Config, IReadOnlyList<Fault> Faults) Read(string file, string text)
    {
        var faults = new YamlFaults(file);
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents.Count == 0) return (new PoolConfig(), faults.All);
            if (yaml.Documents.Count > 1) faults.Add(yaml.Documents[1].RootNode, "document", "---", "a single document");
            var config = Pool(YamlSection.Of(yaml.Documents[0].RootNode, "", faults));
            // Rules that hold however a configuration was made are Core's; what it finds has a field but no line.
            return (config, [.. faults.All, .. Unsound(file, config, faults.All)]);
        }
        catch (YamlException broken)
        {
            faults.Add(broken.Start.Line, "yaml", broken.InnerException?.Message ?? broken.Message, "well-formed YAML");
            return (new PoolConfig(), faults.All);
        }
    }

    /// <summary>What couldn't be read has its shipped value here, and is not judged again.</summary>
    private static IEnumerable<Fault> Unsound(string file, PoolConfig config, IReadOnlyList<Fault> unread) =>
        from fault in PoolConfigValidator.Validate(config)
        where !unread.Any(one => IsOfOne(one.Field[(one.Field.LastIndexOf(' ') + 1)..], fault.Field))
        select new Fault($"{file}: {fault.Field}", fault.Value, fault.Allowed);

    /// <summary>One is the other, or a part of it.</summary>
    private static bool IsOfOne(string one, string other) => one == other || IsPartOf(one, other) || IsPartOf(other, one);

    private static bool IsPartOf(string part, string whole) =>
        part.StartsWith($"{whole}.", StringComparison.Ordinal) || part.StartsWith($"{whole}[", StringComparison.Ordinal);

    private static PoolConfig Pool(YamlSection root)
    {
        var shipped = new PoolConfig();
        var config = new PoolConfig
        {
            Name = root.Name("name", shipped.Name),
            Policy = root.Text("policy", shipped.Policy, "a policy, such as fifo"),
            Round = root.Duration("round", shipped.Round, TimeSpan.FromSeconds(10), TimeSpan.FromDays(1)),
            Tiers = root.List("tiers", Tier) ?? shipped.Tiers,
            Leases = root.Section("leases", Leases, shipped.Leases),
            Defaults = root.Section("defaults", Defaults, shipped.Defaults),
            Retry = root.Section("retry", Retry, shipped.Retry),
            Backfill = root.Section("backfill", Backfill, shipped.Backfill),
            Order = root.Section("order", OrderSections.Order, shipped.Order),
            Costs = root.Section("costs", OrderSections.Costs, shipped.Costs),
            Shares = root.Section("shares", OrderSections.Shares, shipped.Shares),
            Quotas = root.Section("quotas", OrderSections.Quotas, shipped.Quotas),
            Preemption = root.Section("preemption", Preemption, shipped.Preemption),
            Timezone = NodeSections.Timezone(root, shipped.Timezone)!,
            Nodes = root.List("nodes", NodeSections.Rule) ?? shipped.Nodes,
            History = root.Section("history", HistorySection.Read, shipped.History),
            Scores = root.Section("scores", ScoreSection.Read, shipped.Scores),
        };
        root.RefuseOthers();
        var twice = config.Tiers.GroupBy(tier => tier.Name).FirstOrDefault(same => same.Count() > 1);
        if (twice is not null) root.Refuse("tiers", twice.Key, "every tier once");
        return config;
    }

    private static TierConfig Tier(YamlSection section)
    {
        var tier = new TierConfig(
            section.Name("name", null),
            section.Names<DeviceClass>("classes"),
            section.List("spill", Spill) ?? [])
        {
            Limits = section.Section("limits", OrderSections.Limits, QuotaLimits.None),
            Loans = section.List("loans", Loan) ?? [],
            Yields = section.Choice("yields", TierYield.Never),
            PreemptsByPriority = section.Number("preemptsByPriority", 0, 1, Core.Config.Limits.PriorityGap) is > 0 and var gap ? gap : null,
        };
        section.RefuseOthers();
        var both = tier.Spill.Select(rule => rule.Class).Intersect(tier.Classes).ToList();
        if (both.Count > 0) section.Refuse("spill", both[0].ToString().ToLowerInvariant(), "a class that is not already one of 'classes'");
        return tier;
    }

    private static SpillRule Spill(YamlSection section)
    {
        var rule = new SpillRule(
            section.Choice<DeviceClass>("class"),
            section.Duration("after", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromDays(365)),
            section.Flag("needsCheckpoint", false));
        section.RefuseOthers();
        return rule;
    }

    private static LoanRule Loan(YamlSection section)
    {
        var rule = new LoanRule(
            section.Choice<DeviceClass>("class"),
            section.Duration("idle", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromDays(365)),
            section.Flag("needsCheckpoint", false));
        section.RefuseOthers();
        return rule;
    }

    private static PreemptionConfig Preemption(YamlSection section)
    {
        var shipped = new PreemptionConfig();
        var preemption = new PreemptionConfig
        {
            Depth = section.Number("depth", shipped.Depth, 0, Limits.PreemptionDepth),
            MinRun = section.Duration("minRun", shipped.MinRun, TimeSpan.Zero, TimeSpan.FromDays(7)),
            CoolDown = section.Duration("coolDown", shipped.CoolDown, TimeSpan.Zero, TimeSpan.FromDays(7)),
            RestartCost = section.Duration("restartCost", shipped.RestartCost, TimeSpan.Zero, TimeSpan.FromDays(7)),
        };
        section.RefuseOthers();
        return preemption;
    }

    private static LeaseConfig Leases(YamlSection section)
    {
        var shipped = new LeaseConfig();
        var leases = new LeaseConfig
        {
            Heartbeat = section.Duration("heartbeat", shipped.Heartbeat, TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(5)),
            Lease = section.Duration("lease", shipped.Lease, TimeSpan.FromSeconds(0.3), TimeSpan.FromDays(7)),
            StopWhenLeaseExpires = section.Flag("stopWhenLeaseExpires", shipped.StopWhenLeaseExpires),
        };
        section.RefuseOthers();
        if (leases.Lease < 3 * leases.Heartbeat)
            section.Refuse("lease", Durations.Format(leases.Lease), $"at least three heartbeats of {Durations.Format(leases.Heartbeat)}");
        return leases;
    }

    private static JobDefaults Defaults(YamlSection section)
    {
        var shipped = new JobDefaults();
        var defaults = new JobDefaults
        {
            Cpus = section.Number("cpus", shipped.Cpus, 1, 4096),
            CpusPerGpu = section.Number("cpusPerGpu", shipped.CpusPerGpu, 1, 4096),
            MemoryMib = section.Memory("memory", shipped.MemoryMib),
            Retries = section.Number("retries", shipped.Retries, 0, 1000),
            Grace = section.Duration("grace", shipped.Grace, TimeSpan.Zero, TimeSpan.FromDays(1)),
            MaxArraySize = section.Number("maxArraySize", shipped.MaxArraySize, 1, 1_000_000),
        };
        section.RefuseOthers();
        return defaults;
    }

    private static RetryConfig Retry(YamlSection section)
    {
        var shipped = new RetryConfig();
        var retry = new RetryConfig
        {
            First = section.Duration("first", shipped.First, TimeSpan.Zero, TimeSpan.FromDays(1)),
            Longest = section.Duration("longest", shipped.Longest, TimeSpan.Zero, TimeSpan.FromDays(7)),
            NodeLaunchFailures = section.Number("nodeLaunchFailures", shipped.NodeLaunchFailures, 1, 1000),
            JobLaunchFailures = section.Number("jobLaunchFailures", shipped.JobLaunchFailures, 1, 1000),
        };
        section.RefuseOthers();
        if (retry.Longest < retry.First)
            section.Refuse("longest", Durations.Format(retry.Longest), $"at least 'first' ({Durations.Format(retry.First)})");
        return retry;
    }

    private static BackfillConfig Backfill(YamlSection section)
    {
        var shipped = new BackfillConfig();
        var backfill = new BackfillConfig
        {
            Depth = section.Number("depth", shipped.Depth, 0, Limits.BackfillDepth),
            Patience = section.Duration("patience", shipped.Patience, TimeSpan.Zero, TimeSpan.FromDays(365)),
        };
        section.RefuseOthers();
        return backfill;
    }
}
