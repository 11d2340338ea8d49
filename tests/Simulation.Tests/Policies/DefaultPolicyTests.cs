using GpuScheduler.Core.Policies;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Policies;

/// <summary>Where ours differs from the orders it is built on.</summary>
public sealed class DefaultPolicyTests
{
    [Fact]
    public void Looks_ahead_to_the_order_with_the_least_sum()
    {
        // By card-seconds the narrow job goes first, and keeps the wide one, which needs all cards for a moment, waiting for 13 s.
        Contender[] jobs = [Small.Job(1, left: 13), Small.Job(2, left: 3.5, devices: 4)];

        Assert.Equal([1], SharingPolicies.Create("srsf").Share(jobs, Room.Uniform(1, 4), 0).Ids());
        Assert.Equal([2], SharingPolicies.Create("default").Share(jobs, Room.Uniform(1, 4), 0).Ids());
    }

    [Fact]
    public void Jobs_that_need_different_resources_take_turns()
    {
        var seats = SharingPolicies.Interleaving([1.1, 1.2, 1.3]).Share([Loader(1), Computer(2)], Room.Uniform(1, 1), 0);

        Assert.Equal([1, 2], seats.Ids().Order());
        Assert.All(seats, seat => Assert.Equal(1.1 * 1.1, seat.Pace, 1e-9));
    }

    [Fact]
    public void Nobody_shares_while_there_is_room()
    {
        var seats = SharingPolicies.Interleaving([1.1, 1.2, 1.3]).Share([Loader(1), Computer(2)], Room.Uniform(1, 2), 0);

        Assert.All(seats, seat => Assert.Single(seat.Mates));
    }

    private static Contender Loader(int id) => new(id, 1, 0, [1.1]) { Remaining = 100, Stages = [1.0, 0.05, 0.05] };

    private static Contender Computer(int id) => new(id, 1, 0, [1.1]) { Remaining = 100, Stages = [0.05, 0.05, 1.0] };
}
