using GpuScheduler.Core.Packing;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Packing;

/// <summary>Small cases whose answer can be worked out by hand.</summary>
public sealed class PlacementTests
{
    public static TheoryData<string> Policies { get; } = [.. PackingPolicies.Names];

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_share_goes_only_where_one_card_has_room_for_it(string policy)
    {
        var cluster = new PackingCluster([Make.Node("n", gpus: 2)]);
        PackingRequest[] mix = [Make.Share(600)];
        var decide = PackingPolicies.Create(policy, cluster, mix, 1);

        Assert.True(cluster.TryPlace(mix[0], decide));
        Assert.True(cluster.TryPlace(mix[0], decide));
        Assert.False(cluster.TryPlace(mix[0], decide), "800 thousandths are left, but 400 on each card");
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Whole_cards_need_idle_cards_of_one_node(string policy)
    {
        var cluster = new PackingCluster([Make.Node("a", gpus: 2), Make.Node("b", gpus: 2)]);
        PackingRequest[] mix = [Make.Whole(2), Make.Share(100), Make.Whole(3)];
        var decide = PackingPolicies.Create(policy, cluster, mix, 1);

        Assert.True(cluster.TryPlace(mix[1], decide));
        Assert.False(cluster.TryPlace(mix[2], decide));
        Assert.True(cluster.TryPlace(mix[0], decide));
        Assert.False(cluster.TryPlace(mix[0], decide));
    }

    [Theory]
    [InlineData(64_001, 0)]
    [InlineData(0, 1_000_001)]
    public void A_request_beyond_a_nodes_cpu_or_memory_finds_no_room(int cpu, long memory)
    {
        var cluster = new PackingCluster([Make.Node("n")]);
        var request = Make.Share(100, cpu, memory);

        Assert.False(cluster.TryPlace(request, PackingPolicies.Create("bestfit", cluster, [request], 1)));
        Assert.Equal(0, cluster.GpuMilliTaken);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Named_models_are_kept_to(string policy)
    {
        var cluster = new PackingCluster([Make.Node("a", model: "A"), Make.Node("b", model: "B")]);
        PackingRequest[] mix = [Make.Whole(1, models: ["B", "C"])];
        var decide = PackingPolicies.Create(policy, cluster, mix, 1);

        Assert.True(cluster.TryPlace(mix[0], decide));
        Assert.Equal(0, cluster.Nodes[1].GpuMilliFree);
        Assert.False(cluster.TryPlace(mix[0], decide));
    }

    [Fact]
    public void Best_fit_takes_the_node_with_least_left_and_its_fullest_card()
    {
        var cluster = new PackingCluster([Make.Node("big", gpus: 8), Make.Node("small", gpus: 2)]);
        var decide = PackingPolicies.Create("bestfit", cluster, [], 1);

        Assert.True(cluster.TryPlace(Make.Share(700), decide));
        Assert.True(cluster.TryPlace(Make.Share(300), decide));

        Assert.Equal([0, 1000], cluster.Nodes[1].GpuFree.ToArray());
    }

    [Fact]
    public void Fgd_keeps_a_card_whole_for_those_who_need_one()
    {
        var cluster = new PackingCluster([Make.Node("a"), Make.Node("b")]);
        PackingRequest[] mix = [Make.Share(500), Make.Whole(1)];
        var decide = PackingPolicies.Create("fgd", cluster, mix, 1);

        Assert.True(cluster.TryPlace(mix[0], decide));
        Assert.True(cluster.TryPlace(mix[0], decide));

        Assert.Equal([0, 1000], cluster.Nodes.Select(node => node.GpuMilliFree));
    }

    [Fact]
    public void Ours_fills_a_gap_only_with_what_wastes_nothing_of_it()
    {
        var cluster = new PackingCluster([Make.Node("a"), Make.Node("b")]);
        PackingRequest[] mix = [Make.Share(600), Make.Share(400), Make.Share(500)];
        var decide = PackingPolicies.Create("default", cluster, mix, 1);

        Assert.True(cluster.TryPlace(mix[0], decide));
        Assert.True(cluster.TryPlace(mix[2], decide));
        Assert.True(cluster.TryPlace(mix[1], decide));
        Assert.True(cluster.TryPlace(mix[2], decide));

        Assert.Equal(cluster.GpuMilliTotal, cluster.GpuMilliTaken);
    }

    [Fact]
    public void Ours_leaves_claimed_models_to_those_who_name_them()
    {
        var cluster = new PackingCluster([Make.Node("a", model: "Rare"), Make.Node("b", model: "Common")]);
        PackingRequest[] mix = [Make.Whole(1), Make.Whole(1, models: "Rare")];
        var decide = PackingPolicies.Create("default", cluster, mix, 1);

        Assert.True(cluster.TryPlace(mix[0], decide));
        Assert.True(cluster.TryPlace(mix[1], decide));
    }

    [Fact]
    public void Ours_puts_work_that_eats_cpu_where_no_card_starves_for_it()
    {
        var cluster = new PackingCluster([Make.Node("a", gpus: 2, cpu: 16_000), Make.Node("b", gpus: 1, cpu: 32_000)]);
        PackingRequest[] mix = [Make.Whole(1, cpu: 8000), Make.Whole(1, cpu: 8000), Make.Whole(1, cpu: 14_000)];
        var decide = PackingPolicies.Create("default", cluster, mix, 1);

        Assert.True(cluster.TryPlace(mix[2], decide));
        Assert.True(cluster.TryPlace(mix[0], decide));
        Assert.True(cluster.TryPlace(mix[0], decide));
    }

    [Fact]
    public void An_unknown_policy_is_refused_with_the_known_ones()
    {
        var refusal = Assert.Throws<ArgumentException>(() => PackingPolicies.Create("magic", new([]), [], 1));

        Assert.StartsWith("policy is 'magic'; allowed: random, bestfit, fgd, default", refusal.Message, StringComparison.Ordinal);
    }
}
