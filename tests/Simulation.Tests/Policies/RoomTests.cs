using GpuScheduler.Core.Policies;

namespace GpuScheduler.Simulation.Tests.Policies;

/// <summary>Where a job's cards may be.</summary>
public sealed class RoomTests
{
    [Fact]
    public void A_job_that_fits_a_node_stays_in_one()
    {
        var room = Room.Uniform(2, 4);

        Assert.True(room.TryTake(0, 3));
        Assert.True(room.TryTake(0, 3));
        Assert.False(room.TryTake(0, 2), "two are free, but on two nodes");
        Assert.True(room.TryTakeAnywhere(0, 2));
    }

    [Fact]
    public void A_wider_job_takes_empty_nodes_and_one_remainder()
    {
        var room = Room.Uniform(3, 4);

        Assert.True(room.TryTake(0, 1));
        Assert.True(room.TryTake(0, 10), "two empty nodes, and two cards beside the first job");
        Assert.Equal([1], room.Free);
        room.Clear();
        Assert.True(room.TryTake(0, 12));
    }
}
