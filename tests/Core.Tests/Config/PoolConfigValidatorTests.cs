using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Tests.Admission;

namespace GpuScheduler.Core.Tests.Config;

public sealed class PoolConfigValidatorTests
{
    public static TheoryData<string, PoolConfig> Wrong => new()
    {
        { "name", new() { Name = "" } },
        { "name", new() { Name = "a pool" } },
        { "tiers", new() { Tiers = [] } },
        { "tiers[0].name", With(new TierConfig("", [DeviceClass.Cpu], [])) },
        { "tiers[1].name", With(new("a", [DeviceClass.Cpu], []), new("A", [DeviceClass.Cpu], [])) },
        { "tiers[0].classes", With(new TierConfig("a", [], [])) },
        { "tiers[0].classes[1]", With(new TierConfig("a", [DeviceClass.Cpu, DeviceClass.Cpu], [])) },
        { "tiers[0].classes[0]", With(new TierConfig("a", [(DeviceClass)99], [])) },
        { "tiers[0].spill[0].class", With(new TierConfig("a", [DeviceClass.Cpu], [new(DeviceClass.Cpu, TimeSpan.Zero, false)])) },
        { "tiers[0].spill[0].class", With(new TierConfig("a", [DeviceClass.Cpu], [new((DeviceClass)99, TimeSpan.Zero, false)])) },
        { "tiers[0].spill[1].class", With(new TierConfig("a", [DeviceClass.Cpu],
            [new(DeviceClass.Consumer, TimeSpan.Zero, false), new(DeviceClass.Consumer, TimeSpan.Zero, true)])) },
        { "tiers[0].spill[0].after", With(
            new TierConfig("a", [DeviceClass.Cpu], [new(DeviceClass.Consumer, TimeSpan.FromTicks(-1), false)])) },
        { "leases.heartbeat", new() { Leases = new() { Heartbeat = TimeSpan.FromSeconds(0.05) } } },
        { "leases.heartbeat", new() { Leases = new() { Heartbeat = TimeSpan.FromMinutes(6), Lease = TimeSpan.FromHours(1) } } },
        { "leases.lease", new() { Leases = new() { Heartbeat = TimeSpan.FromSeconds(10), Lease = TimeSpan.FromSeconds(29) } } },
        { "leases.lease", new() { Leases = new() { Lease = TimeSpan.FromDays(8) } } },
        { "defaults.cpus", new() { Defaults = new() { Cpus = 0 } } },
        { "defaults.cpusPerGpu", new() { Defaults = new() { CpusPerGpu = 0 } } },
        { "defaults.memoryMib", new() { Defaults = new() { MemoryMib = -1 } } },
        { "defaults.retries", new() { Defaults = new() { Retries = 1001 } } },
        { "defaults.grace", new() { Defaults = new() { Grace = TimeSpan.FromDays(2) } } },
        { "defaults.maxArraySize", new() { Defaults = new() { MaxArraySize = 4_000_002 } } },
        { "retry.first", new() { Retry = new() { First = TimeSpan.FromSeconds(-1) } } },
        { "retry.longest", new() { Retry = new() { First = TimeSpan.FromMinutes(2), Longest = TimeSpan.FromMinutes(1) } } },
        { "retry.nodeLaunchFailures", new() { Retry = new() { NodeLaunchFailures = 0 } } },
        { "retry.jobLaunchFailures", new() { Retry = new() { JobLaunchFailures = 0 } } },
        { "backfill.depth", new() { Backfill = new() { Depth = -1 } } },
        { "backfill.depth", new() { Backfill = new() { Depth = 101 } } },
        { "backfill.patience", new() { Backfill = new() { Patience = TimeSpan.FromSeconds(-1) } } },
        { "history.keep", new() { History = new() { Keep = TimeSpan.FromMinutes(59) } } },
        { "history.keep", new() { History = new() { Keep = TimeSpan.FromDays(36_501) } } },
        { "timezone", new() { Timezone = "Middle-earth/Shire" } },
        { "nodes[0].name", new() { Nodes = [new() { Available = ["always"] }] } },
        { "nodes[0].name", new() { Nodes = [new() { Name = "a b", Available = ["always"] }] } },
        { "nodes[1].label",
            new() { Nodes = [new() { Name = "a", Available = ["always"] }, new() { Label = "=x", Available = ["always"] }] } },
        { "nodes[0].available", new() { Nodes = [new() { Name = "a" }] } },
        { "nodes[0].available", new() { Nodes = [new() { Name = "a", Available = ["Sat", "7-22"] }] } },
        { "nodes[0].timezone", new() { Nodes = [new() { Name = "a", Available = ["always"], Timezone = "CEST" }] } },
        { "order.weights.age", new() { Order = new() { Weights = new() { Age = -1 } } } },
        { "order.maxAge", new() { Order = new() { MaxAge = TimeSpan.Zero } } },
        { "order.maxWait", new() { Order = new() { MaxWait = TimeSpan.FromDays(400) } } },
        { "order.deadlineWindow", new() { Order = new() { DeadlineWindow = TimeSpan.Zero } } },
        { "order.halfLife", new() { Order = new() { HalfLife = TimeSpan.FromSeconds(1) } } },
        { "costs.consumer", new() { Costs = new() { Consumer = double.NaN } } },
        { "shares.projects.vision", new() { Shares = new() { Projects = new Dictionary<string, int> { ["vision"] = 0 } } } },
        { "quotas.users[0].name", new() { Quotas = new() { Users = [new("", new() { Running = 1 })] } } },
        { "quotas.users[1].name", new() { Quotas = new() { Users = [new("ann", new()), new("ann", new())] } } },
        { "quotas.projects[0].running", new() { Quotas = new() { Projects = [new("vision", new() { Running = -1 })] } } },
        { "quotas.users[0].gpus.A100", new() { Quotas = new() { Users = [new("ann", new() { Gpus = [new(null, "A100", -1)] })] } } },
        { "tiers[0].limits.submitted", With(new TierConfig("a", [DeviceClass.Cpu], []) { Limits = new() { Submitted = -1 } }) },
    };

    [Fact]
    public void The_shipped_rules_are_sound() => Assert.Empty(PoolConfigValidator.Validate(new PoolConfig()));

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Each_wrong_rule_is_named(string field, PoolConfig config) =>
        Faults.AssertNames(field, Assert.Single(PoolConfigValidator.Validate(config)));

    [Fact]
    public void Everything_wrong_is_told_at_once()
    {
        var faults = PoolConfigValidator.Validate(new PoolConfig
        {
            Name = "", Tiers = [], Leases = new() { Lease = TimeSpan.Zero }, Defaults = new() { Cpus = 0 },
            Retry = new() { NodeLaunchFailures = 0 },
        });

        Assert.Equal(["name", "tiers", "leases.lease", "defaults.cpus", "retry.nodeLaunchFailures"], faults.Select(fault => fault.Field));
    }

    private static PoolConfig With(params TierConfig[] tiers) => new() { Tiers = tiers };
}
