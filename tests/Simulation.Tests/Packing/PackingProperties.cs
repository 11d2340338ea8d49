using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Packing;
using GpuScheduler.Simulation.Tests.Support;
using GpuScheduler.Testing;

namespace GpuScheduler.Simulation.Tests.Packing;

/// <summary>What holds for any cluster, any work and every policy.</summary>
public sealed class PackingProperties
{
    private static readonly Gen<PackingRequest> Requests =
        from cpu in Gen.Choose(0, 20_000)
        from memory in Gen.Choose(0, 50_000)
        from gpus in Gen.Choose(0, 4)
        from twentieths in Gen.Choose(1, 20)
        from model in Gen.Elements("", "A", "B")
        select new PackingRequest(
            cpu, memory, gpus, gpus == 0 ? 0 : gpus > 1 ? 1000 : twentieths * 50, model.Length == 0 ? ModelSet.Any : ModelSet.Of(model));

    private static readonly Gen<(int Cpu, int Memory, int Gpus, string Model)> Nodes =
        from cpu in Gen.Choose(0, 64_000)
        from memory in Gen.Choose(0, 200_000)
        from gpus in Gen.Choose(0, 8)
        from model in Gen.Elements("A", "B")
        select (cpu, memory, gpus, model);

    [Theory]
    [MemberData(nameof(PlacementTests.Policies), MemberType = typeof(PlacementTests))]
    public void Nothing_is_given_twice_nothing_that_fits_is_refused_and_the_same_input_gives_the_same_result(string policy)
    {
        var cases = from nodes in Gen.ListOf(Nodes) from requests in Gen.ListOf(Requests) select (nodes.ToList(), requests.ToList());
        Check.One(Draws.Config(20), Prop.ForAll(cases.ToArbitrary(), input =>
            Assert.Equal(Run(policy, input.Item1, input.Item2), Run(policy, input.Item1, input.Item2))));
    }

    /// <returns>What is left, by card.</returns>
    private static List<int> Run(string policy, List<(int Cpu, int Memory, int Gpus, string Model)> nodes, List<PackingRequest> requests)
    {
        var cluster = new PackingCluster(
            nodes.Select((node, index) => Make.Node($"n{index:d3}", node.Gpus, node.Cpu, node.Memory, node.Model)));
        var decide = PackingPolicies.Create(policy, cluster, requests, 7);
        foreach (var request in requests)
        {
            var fits = cluster.Nodes.Any(node => node.Fits(request));
            Assert.Equal(fits, cluster.TryPlace(request, decide));
            Assert.All(cluster.Nodes, AssertSound);
        }

        Assert.Equal(cluster.GpuMilliTotal - cluster.Nodes.Sum(node => node.GpuMilliFree), cluster.GpuMilliTaken);
        return [.. cluster.Nodes.SelectMany(node => node.GpuFree.ToArray())];
    }

    private static void AssertSound(PackingNode node)
    {
        Assert.True(
            node.CpuFree >= 0 && node.MemoryFree >= 0, $"{node.Name}: {node.CpuFree} thousandths of a core, {node.MemoryFree} MiB left");
        Assert.All(node.GpuFree.ToArray(), free => Assert.InRange(free, 0, PackingRequest.WholeGpu));
        Assert.Equal(node.GpuFree.ToArray().Sum(), node.GpuMilliFree);
    }
}
