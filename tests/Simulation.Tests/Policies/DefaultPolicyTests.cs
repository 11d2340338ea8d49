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

    [Theory]
    // Nothing has come for 200 s, and the last job alone needs nearly all that is left: the others share beside it.
    [InlineData(200, 2)]
    // Somebody came a moment ago, so more may come: the least card-seconds first.
    [InlineData(10, 0)]
    public void Who_decides_the_end_has_cards_to_himself_once_no_more_work_seems_to_come(double quiet, int alone)
    {
        double[] left = [20, 25, 100, 30];
        Contender[] jobs =
        [
            .. left.Select((seconds, id) => new Contender(id, 1, 0, [1.0]) { Remaining = seconds, Stages = [0.3, 0.3, 0.4] }),
        ];

        var seats = SharingPolicies.Interleaving([1.1, 1.2, 1.3]).Share(jobs, Room.Uniform(1, 2), quiet);

        Assert.Equal(alone == 2, seats.Any(seat => seat.Job.Id == 2 && seat.Mates.Count == 1));
        Assert.Contains(seats, seat => seat.Job.Id == 0);
    }

    [Fact]
    public void Without_work_nobody_has_a_seat() =>
        Assert.Empty(SharingPolicies.Interleaving([1.1, 1.2, 1.3]).Share([], Room.Uniform(1, 2), 0));

    private static Contender Loader(int id) => new(id, 1, 0, [1.1]) { Remaining = 100, Stages = [1.0, 0.05, 0.05] };

    private static Contender Computer(int id) => new(id, 1, 0, [1.1]) { Remaining = 100, Stages = [0.05, 0.05, 1.0] };
}
