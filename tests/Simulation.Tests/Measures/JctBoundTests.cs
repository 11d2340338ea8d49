using System.Text.Json.Nodes;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Measures;

/// <summary>What no order of the work can be below, on cases that can be worked out by hand, and who is told apart by what.</summary>
public sealed class JctBoundTests : IDisposable
{
    private readonly Files files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    // One card, the long job first in the file: the best order is the short one first, then the long.
    [InlineData(1, "0,300,training,1,\n0,100,training,1,\n", (100 + 400) / 2.0)]
    // Somebody shorter comes at 100 s: the best order interrupts the long job for him.
    [InlineData(1, "0,300,training,1,\n100,50,training,1,\n", (350 + 50) / 2.0)]
    // Two cards do nothing faster than a job takes alone.
    [InlineData(2, "0,300,training,1,\n", 300.0)]
    // Cards that are twice as fast for one of two jobs count as twice as fast for both: a bound, and not a schedule.
    [InlineData(1, "0,100,training,1,2\n0,100,training,1,\n", (50 + 100) / 2.0)]
    // Work without cards goes by cores, and there are eight on a machine.
    [InlineData(1, "0,100,preprocessing,,\n", 100.0)]
    public void No_order_is_below(int cards, string jobs, double bound)
    {
        var result = Replay(cards, jobs);

        Assert.Equal(bound, result.Whole.BestMeanJct, 1e-6);
        Assert.InRange(result.Whole.Jct.Mean, bound - 1e-6, double.MaxValue);
    }

    [Fact]
    public void Jobs_are_told_apart_as_asked()
    {
        const string Jobs = "0,100,training,1,,ann\n0,100,validation,1,,bob\n0,100,training,1,,bob\n";

        var users = Replay(4, Jobs, by: "user");
        var json = JsonNode.Parse(new JsonReport().Write(users, TimeSpan.Zero))!;

        Assert.Equal([("ann", 1), ("bob", 2)], users.Groups.Select(group => (group.Name, group.Jobs)));
        Assert.Equal("user", (string)json["by"]!);
        Assert.Equal(["ann", "bob"], json["groups"]!.AsObject().Select(group => group.Key));
        Assert.Equal(["training", "validation"], json["tiers"]!.AsObject().Select(tier => tier.Key));
        Assert.Equal(100, (double)json["groups"]!["bob"]!["bestMeanJctSeconds"]!);
        Assert.Contains("bob", new TextReport().Write(users, TimeSpan.Zero), StringComparison.Ordinal);
    }

    private PoolResult Replay(int cards, string jobs, string by = JobGroup.ByTier) => PoolFormat.Replay(
        new(
            files.Write(
                "nodes.yaml",
                $"node: box\ncpu: {{ cores: 8, memory: 64GiB }}\ndevices:\n  - {{ model: \"NVIDIA A100-SXM4-80GB\", memory: 80GiB, count: "
                    + $"{cards} }}\n"),
            files.Write("jobs.csv", $"submit_s,duration_s,tier,gpus,speed_A100{(by == JobGroup.ByTier ? "" : ",user")}\n{jobs}"),
            "",
            "")
        {
            By = by,
        },
        new NoProgress());
}
