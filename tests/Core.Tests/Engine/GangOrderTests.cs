using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
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
        Assert.All(
            Places([.. Lab.Select(machine => machine with { Address = "desk" })]), place => Assert.Equal("127.0.0.1", place.HeadAddress));

    [Fact]
    public void One_that_is_elsewhere_needs_the_head_s_own_address() =>
        Assert.All(
            Places([Lab[0] with { Address = "desk" }, Lab[1] with { Address = "desk" }, Lab[2]]), place =>
                Assert.Equal("desk", place.HeadAddress));

    [Fact]
    public void A_job_of_one_node_is_told_of_no_gang() => Assert.Null(Assert.Single(Orders(Lab, 1)).Gang);

    /// <summary>Ten thousand jobs later the number would give the same port again.</summary>
    [Fact]
    public void Two_gangs_with_heads_on_one_machine_meet_on_different_ports()
    {
        var pool = new TestPool().Join(Lab);
        var first = pool.Submit(Drafts.Job() with { NodeCount = 2 });
        var later = PoolState.Load(pool.Config, pool.Store.Open() with { NextJobNumber = first.Number + 10_000 }, pool.Now);
        foreach (var machine in Lab) Join(pool, later, machine, first);

        var orders = pool.Engine.Step(later, [new PoolInput.Submit([new JobSubmission(Drafts.Job() with { NodeCount = 2 }, "")])], pool.Now)
            .Effects.OfType<PoolEffect.Dispatch>().ToList();

        Assert.Equal(2, orders.Count);
        Assert.Equal(pool.Effects.OfType<PoolEffect.Dispatch>().First().Order.Gang!.Nodes[0], orders[0].Order.Gang!.Nodes[0]);
        Assert.NotEqual(PortOf(pool), orders[0].Order.Gang!.HeadPort);
    }

    [Fact]
    public void An_attempt_that_could_not_meet_is_followed_by_one_on_another_port()
    {
        var pool = new TestPool().Join(Lab);
        var id = pool.Submit(Drafts.Job() with { NodeCount = 3 });
        var before = PortOf(pool);

        pool.End(id, EndCause.LaunchFailed);
        pool.After(TimeSpan.FromMinutes(1));

        Assert.NotEqual(before, PortOf(pool));
        Assert.Single(pool.Effects.OfType<PoolEffect.Dispatch>().TakeLast(3).Select(dispatch => dispatch.Order.Gang!.HeadPort).Distinct());
    }

    [Fact]
    public void After_a_restart_the_port_is_the_same()
    {
        var pool = new TestPool().Join(Lab);
        var id = pool.Submit(Drafts.Job() with { NodeCount = 3 });
        pool.End(id, EndCause.LaunchFailed);
        pool.After(TimeSpan.FromMinutes(1));

        Assert.Equal(pool[id].Attempt!.Allocation.MeetingPort, pool.Restart()[id].Attempt!.Allocation.MeetingPort);
        Assert.Equal(PortOf(pool), pool[id].Attempt!.Allocation.MeetingPort);
    }

    private static int PortOf(TestPool pool) => pool.Effects.OfType<PoolEffect.Dispatch>().Last().Order.Gang!.HeadPort;

    private static void Join(TestPool pool, PoolState state, Machine machine, JobId running)
    {
        var holds = state.FindJob(running)!.Attempt!.Allocation.RankOf(machine.Id) >= 0;
        pool.Engine.Step(
            state,
            [new PoolInput.NodeJoined(machine.Id, machine.Name, "boot-1", "1.0", machine.Inventory,
                holds ? [new HeldAttempt(new AttemptId(running, 1), true)] : [])], pool.Now);
    }

    private static List<GangPlace> Places(Machine[] machines) => [.. Orders(machines, machines.Length).Select(order => order.Gang!)];

    private static List<AttemptOrder> Orders(Machine[] machines, int nodes)
    {
        var pool = new TestPool().Join(machines);
        pool.Submit(Drafts.Job() with { NodeCount = nodes });
        return [.. pool.Effects.OfType<PoolEffect.Dispatch>().Select(dispatch => dispatch.Order)];
    }
}
