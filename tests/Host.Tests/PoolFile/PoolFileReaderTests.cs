using System.Text.Json;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Host.PoolFile;

namespace GpuScheduler.Host.Tests.PoolFile;

public sealed class PoolFileReaderTests
{
    [Fact]
    public void ShippedFile_SaysWhatTheDefaultsAre()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "pool.yaml"));

        var (config, faults) = PoolFileReader.Read("pool.yaml", text);

        Assert.Empty(faults);
        Assert.Equal(JsonSerializer.Serialize(new PoolConfig()), JsonSerializer.Serialize(config));
        // Every default must be written down, or the file would teach only part of what can be said.
        Assert.All(
            ["heartbeat:", "memory:", "jobLaunchFailures:", "needsCheckpoint:", "patience:", "maxWait:", "halfLife:", "cpuCore:", "shares:",
                "quotas:", "tierPreference:"], key => Assert.Contains(key, text, StringComparison.Ordinal));
    }

    /// <summary>The sample that people start from: sound, and with something to say on every subject that the shipped file has.</summary>
    [Fact]
    public void ExampleFile_IsSoundAndComplete()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Examples", "pool.yaml"));

        var (config, faults) = PoolFileReader.Read("pool.yaml", text);

        Assert.Empty(faults);
        var shipped = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "pool.yaml"));
        Assert.Equal(Subjects(shipped), Subjects(text));
        Assert.All(
            ["weights:", "loans:", "spill:", "yields:", "limits:", "preemptsByPriority:"], key =>
                Assert.Contains(key, text, StringComparison.Ordinal));
        Assert.Equal(3, config.Nodes.Count);
        Assert.All(config.Tiers, tier => Assert.NotEmpty(tier.Classes));
        Assert.True(config.Quotas.Users.Count > 0 && config.Quotas.Projects.Count > 0 && config.Shares.Projects.Count > 0);
    }

    [Fact]
    public void EmptyFile_KeepsEveryDefault() =>
        Assert.Equal(JsonSerializer.Serialize(new PoolConfig()), JsonSerializer.Serialize(PoolFileReader.Read("f", "").Config));

    [Fact]
    public void GivenValues_ReplaceTheShippedOnes()
    {
        var (config, faults) = PoolFileReader.Read("f", """
            name: lab
            tiers:
              - name: only
                classes: [consumer]
                spill: [{ class: datacenter, after: 90s, needsCheckpoint: true }]
            leases: { heartbeat: 500ms, lease: 2m, stopWhenLeaseExpires: true }
            defaults: { cpus: 2, memory: 512MiB, grace: 0s }
            retry: { first: 1s, longest: 1h }
            backfill: { depth: 3, patience: 1h }
            history: { keep: 90d }
            """);

        Assert.Empty(faults);
        Assert.Equal("lab", config.Name);
        var tier = Assert.Single(config.Tiers);
        Assert.Equal([DeviceClass.Consumer], tier.Classes);
        Assert.Equal(new SpillRule(DeviceClass.Datacenter, TimeSpan.FromSeconds(90), true), Assert.Single(tier.Spill));
        Assert.Equal(
            (TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(2), true),
            (config.Leases.Heartbeat, config.Leases.Lease, config.Leases.StopWhenLeaseExpires));
        Assert.Equal(
            (2, 1, 512L, TimeSpan.Zero),
            (config.Defaults.Cpus, config.Defaults.CpusPerGpu, config.Defaults.MemoryMib, config.Defaults.Grace));
        Assert.Equal(TimeSpan.FromHours(1), config.Retry.Longest);
        Assert.Equal(TimeSpan.FromDays(90), config.History.Keep);
        Assert.Equal(new BackfillConfig { Depth = 3, Patience = TimeSpan.FromHours(1) }, config.Backfill);
    }

    [Fact]
    public void OrderAndQuotas_AreRead()
    {
        var (config, faults) = PoolFileReader.Read("f", """
            order: { weights: { fairShare: 500, age: 0 }, maxWait: 0s, halfLife: 1d }
            costs: { datacenter: 10, cpuCore: 0.5 }
            shares: { users: { ann: 3 }, projects: { vision: 2 } }
            quotas:
              jobsPerUser: 5000
              bytesPerUser: 64MiB
              users:
                - { name: "*", running: 20, submitted: 500, gpus: { any: 8, datacenter: 4, a100: 2.5 } }
            tiers:
              - { name: only, classes: [consumer], limits: { running: 7 } }
            """);

        Assert.Empty(faults);
        Assert.Equal(new OrderWeights { FairShare = 500, Age = 0 }, config.Order.Weights);
        Assert.Equal(
            (TimeSpan.Zero, TimeSpan.FromDays(1), TimeSpan.FromDays(7)),
            (config.Order.MaxWait, config.Order.HalfLife, config.Order.MaxAge));
        Assert.Equal(new CostConfig { Datacenter = 10, CpuCore = 0.5 }, config.Costs);
        Assert.Equal((3, 2), (config.Shares.Users["ann"], config.Shares.Projects["vision"]));
        Assert.Equal((5000, 64L), (config.Quotas.JobsPerUser, config.Quotas.MibPerUser));
        var rule = Assert.Single(config.Quotas.Users);
        Assert.Equal(("*", 20, 500), (rule.Name, rule.Limits.Running, rule.Limits.Submitted));
        Assert.Equal(
            [new GpuCap(null, null, 8000), new GpuCap(DeviceClass.Datacenter, null, 4000), new GpuCap(null, "A100", 2500)],
            rule.Limits.Gpus);
        Assert.Equal(7, Assert.Single(config.Tiers).Limits.Running);
    }

    [Fact]
    public void WhatCantBeRead_HidesNothingThatCantBe()
    {
        var faults = PoolFileReader.Read("f", """
            policy: lass
            round: 0s
            tiers: [{ name: t, classes: [datacentre] }]
            """).Faults;

        Assert.Equal(["f:2: round", "f:3: tiers[0].classes", "f: policy"], faults.Select(fault => fault.Field));
    }

    [Theory]
    [InlineData("order: { weights: { age: -1 } }", "f:1: order.weights.age: '-1': a whole number from 0 to 1000000")]
    [InlineData("order: { maxAge: 0s }", "f:1: order.maxAge: '0s': a time from 1m")]
    [InlineData("costs: { consumer: cheap }", "f:1: costs.consumer: 'cheap': a number from 0 to 1000")]
    [InlineData("shares: { users: { ann: 0 } }", "f:1: shares.users.ann: '0': shares from 1 to 1000000")]
    [InlineData("shares: { users: [ann] }", "f:1: shares.users: '[ann]': a mapping of names to shares")]
    [InlineData("quotas: { users: [{ running: 1 }] }", "f:1: quotas.users[0].name: '': a name, or '*'")]
    [InlineData("quotas: { users: [{ name: ann, gpus: { any: some } }] }", "f:1: quotas.users[0].gpus.any: 'some': a number of cards")]
    [InlineData(
        "quotas: { users: [{ name: ann, gpus: { a10o: 1 } }] }", "f:1: quotas.users[0].gpus: 'a10o': any, a device class, or a model")]
    [InlineData("quotas: { users: [{ name: ann }, { name: ann }] }", "f: quotas.users[1].name: 'ann': each name once")]
    [InlineData(
        "tiers: [{ name: t, classes: [cpu], limits: { runing: 1 } }]",
        "f:1: tiers[0].limits.runing: '1': no such key; did you mean 'running'?")]
    [InlineData("scores: { finishTime: 1001 }", "f:1: scores.finishTime: '1001': a whole number from 0 to 1000")]
    [InlineData("scores: { tierPreference: -1 }", "f:1: scores.tierPreference: '-1': a whole number from 0 to 100000")]
    [InlineData("scores: { colour: 1 }", "f:1: scores.colour: '1': no such key")]
    [InlineData("history: { keep: 30m }", "f:1: history.keep: '30m': a time from 1h to 36500d")]
    [InlineData("history: { keep: 2147483647d }", "f:1: history.keep: '2147483647d': a time from 1h to 36500d")]
    [InlineData("scores: 5", "f:1: scores: '5': a mapping")]
    [InlineData("nmae: x", "f:1: nmae: 'x': no such key; did you mean 'name'?")]
    [InlineData("name: a b", "f:1: name: 'a b': 1 to 63 letters")]
    [InlineData("leases:\n  lease: 5x", "f:2: leases.lease: '5x': a time from")]
    [InlineData("leases: { heartbeat: 1m, lease: 2m }", "f:1: leases.lease: '2m': at least three heartbeats of 1m")]
    [InlineData("queues: [{ name: night, cards: [a100, h100] }]", "f:1: queues: '[{ name: night, cards: [a100, h100] }]': no such key")]
    [InlineData("leases: 5s", "f:1: leases: '5s': a mapping")]
    [InlineData("defaults: { cpus: -1 }", "f:1: defaults.cpus: '-1': a whole number from 1 to 4096")]
    [InlineData("defaults: { memory: lots }", "f:1: defaults.memory: 'lots': a size above 0")]
    [InlineData("defaults: { cpus: [1] }", "f:1: defaults.cpus: '[1]': a whole number")]
    [InlineData("retry: { first: 1h, longest: 1s }", "f:1: retry.longest: '1s': at least 'first' (1h)")]
    [InlineData("tiers: training", "f:1: tiers: 'training': a list")]
    [InlineData("tiers:\n- classes: [cpu]", "f:2: tiers[0].name: '': 1 to 63 letters")]
    [InlineData("tiers:\n- name: t", "f:2: tiers[0].classes: '': a list of datacenter, professional")]
    [InlineData("tiers:\n- { name: t, classes: [gold] }", "f:2: tiers[0].classes: 'gold': one of datacenter")]
    [InlineData(
        "tiers:\n- { name: t, classes: [cpu], spill: [{ class: cpu, after: 1s }] }",
        "f:2: tiers[0].spill: 'cpu': a class that is not already")]
    [InlineData("tiers: [{ name: t, classes: [cpu] }, { name: t, classes: [cpu] }]", "f:1: tiers: 't': every tier once")]
    [InlineData("leases: { stopWhenLeaseExpires: perhaps }", "f:1: leases.stopWhenLeaseExpires: 'perhaps': true or false")]
    [InlineData("timezone: Berlin", "f:1: timezone: 'Berlin': an IANA time zone such as Europe/Berlin")]
    [InlineData("nodes: desk", "f:1: nodes: 'desk': a list")]
    [InlineData(
        "nodes: [{ available: always }]",
        "f:1: nodes[0].name: '': 1 … 253 letters, digits, '-', '_' or '.', with '*' for any of them and '?' for one; or a label")]
    [InlineData("nodes: [{ name: 'desk 1', available: always }]", "f:1: nodes[0].name: 'desk 1': 1 … 253 letters")]
    [InlineData("nodes: [{ label: owner, available: always }]", "f:1: nodes[0].label: 'owner': key=value, a label of the machine's worker")]
    [InlineData("nodes: [{ name: desk }]", "f:1: nodes[0].available: '': always, never, or days and hours such as '22:00-07:00'")]
    [InlineData("nodes: [{ name: desk, available: [] }]", "f:1: nodes[0].available: '': always, never, or days and hours")]
    [InlineData("nodes: [{ name: desk, available: [Sat, 22-7] }]", "f:1: nodes[0].available: '22-7': always, never, or days and hours")]
    [InlineData(
        "nodes: [{ name: desk, available: { from: 22 } }]", "f:1: nodes[0].available: '{ from: 22 }': always, never, or days and hours")]
    [InlineData(
        "nodes: [{ name: desk, available: always, timezone: Mars/Olympus }]", "f:1: nodes[0].timezone: 'Mars/Olympus': an IANA time zone")]
    [InlineData("nodes: [{ name: desk, availble: always }]", "f:1: nodes[0].availble: 'always': no such key; did you mean 'available'?")]
    [InlineData("tiers: []", "f: tiers: '': at least one tier")]
    [InlineData("a: [", "well-formed YAML")]
    [InlineData("name: a\nname: b", "well-formed YAML")]
    [InlineData("--- {}\n--- {}", "a single document")]
    public void WrongValue_IsNamedWithItsLine(string text, string expected)
    {
        var (_, faults) = PoolFileReader.Read("f", text);

        Assert.Contains(expected, string.Join('\n', faults), StringComparison.Ordinal);
    }

    [Fact]
    public void HoursOfMachines_AreRead()
    {
        var (config, faults) = PoolFileReader.Read("pool.yaml", """
            timezone: Europe/Berlin
            nodes:
              - { name: "desk-?", available: "22:00-07:00" }
              - { label: owner=ann, available: ["Mon-Fri 19:00-07:00", Sat-Sun], timezone: UTC }
            """);

        Assert.Empty(faults);
        Assert.Equal("Europe/Berlin", config.Timezone);
        Assert.Equal(("desk-?", "", null), (config.Nodes[0].Name, config.Nodes[0].Label, config.Nodes[0].Timezone));
        Assert.Equal(["22:00-07:00"], config.Nodes[0].Available);
        Assert.Equal(("", "owner=ann", "UTC"), (config.Nodes[1].Name, config.Nodes[1].Label, config.Nodes[1].Timezone));
        Assert.Equal(["Mon-Fri 19:00-07:00", "Sat-Sun"], config.Nodes[1].Available);
    }

    [Fact]
    public void FaultsOfAllMachines_AreReportedTogether()
    {
        var (_, faults) = PoolFileReader.Read(
            "f", "timezone: x\nnodes:\n- { name: a, available: noon }\n- { name: b, available: [always, 9-5], timezone: y }\n");

        Assert.Equal(
            ["f:1: timezone", "f:3: nodes[0].available", "f:4: nodes[1].available", "f:4: nodes[1].timezone"],
            faults.Select(fault => fault.Field));
    }

    [Fact]
    public void SeveralFaults_AreReportedTogetherInTheFilesOrder()
    {
        var (_, faults) = PoolFileReader.Read("f", "leases:\n  lease: never\n  hartbeat: 5s\nname: ''\n");

        Assert.Equal(["f:2", "f:3", "f:4"], faults.Select(fault => fault.Field[..3]));
    }

    /// <summary>Keys at the beginning of a line, sorted.</summary>
    private static IReadOnlyList<string> Subjects(string yaml) =>
        [.. yaml.Split('\n').Where(line => line.Length > 0 && char.IsAsciiLetter(line[0])).Select(line => line[..line.IndexOf(':')]).Order(
            StringComparer.Ordinal)];
}
