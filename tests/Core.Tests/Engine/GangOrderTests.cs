using GpuScheduler.Core.Engine;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>What each process of a gang is told of the others.</summary>
public sealed class GangOrderTests
{
    private static readonly Machine[] Lab = [new("a"), new("b"), new("c")];

    [Fact]
    public void Each_node_gets_its_rank_and_all_the_same_meeting_place()
    {
        var places = Places(Lab);

        Assert.Equal([0, 1, 2], places.Select(place => place.Rank));
        Assert.All(places, place => Assert.Equal(["a", "b", "c"], place.Nodes.Select(node => node.Name)));
        Assert.Equal("a.lan", Assert.Single(places.Select(place => place.HeadAddress).Distinct()));
        Assert.InRange(Assert.Single(places.Select(place => place.HeadPort).Distinct()), 20_000, 29_999);
    }

    [Fact]
    public void A_head_that_names_no_address_is_reached_by_its_node_s_name() =>
        Assert.All(Places([Lab[0] with { Address = "" }, Lab[1], Lab[2]]), place => Assert.Equal("a", place.HeadAddress));

    [Fact]
    public void Nodes_of_one_machine_meet_on_loopback() =>
        Assert.All(Places([.. Lab.Select(machine => machine with { Address = "desk" })]), place => Assert.Equal("127.0.0.1", place.HeadAddress));

    [Fact]
    public void One_that_is_elsewhere_needs_the_head_s_own_address() =>
        Assert.All(Places([Lab[0] with { Address = "desk" }, Lab[1] with { Address = "desk" }, Lab[2]]), place => Assert.Equal("desk", place.HeadAddress));

    [Fact]
    public void A_job_of_one_node_is_told_of_no_gang() => Assert.Null(Assert.Single(Orders(Lab, 1)).Gang);

    private static List<GangPlace> Places(Machine[] machines) => [.. Orders(machines, machines.Length).Select(order => order.Gang!)];

    private static List<AttemptOrder> Orders(Machine[] machines, int nodes)
    {
        var pool = new TestPool().Join(machines);
        pool.Submit(Drafts.Job() with { NodeCount = nodes });
        return [.. pool.Effects.OfType<PoolEffect.Dispatch>().Select(dispatch => dispatch.Order)];
    }
}
