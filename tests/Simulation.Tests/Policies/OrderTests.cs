using GpuScheduler.Core.Policies;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Policies;

/// <summary>Who goes first, by hand.</summary>
public sealed class OrderTests
{
    [Theory]
    [InlineData("fifo", "1")]
    [InlineData("sjf", "3 1")]
    [InlineData("srtf", "3 1")]
    [InlineData("srsf", "3 2")]
    [InlineData("las", "1 3")]
    public void Each_policy_has_its_own_first(string policy, string expected)
    {
        Contender[] jobs = [Small.Job(1, left: 50, devices: 3), Small.Job(2, left: 60, devices: 2), Small.Job(3, left: 10)];

        var seats = SharingPolicies.Create(policy).Share(jobs, Room.Uniform(1, 4), 0);

        Assert.Equal(expected, string.Join(' ', seats.Ids()));
    }

    [Fact]
    public void First_come_first_served_waits_for_the_first_in_line()
    {
        var running = Small.Job(1, devices: 2);
        running.Kind = 0;

        var seats = SharingPolicies.Create("fifo").Share([running, Small.Job(2, devices: 4), Small.Job(3)], Room.Uniform(1, 4), 0);

        Assert.Equal([1], seats.Ids());
    }

    [Theory]
    [InlineData("sjf", "1")]
    [InlineData("srtf", "2")]
    public void Only_some_policies_take_cards_away(string policy, string expected)
    {
        var running = Small.Job(1, left: 100);
        running.Kind = 0;

        var seats = SharingPolicies.Create(policy).Share([running, Small.Job(2, left: 5)], Room.Uniform(1, 1), 0);

        Assert.Equal(expected, string.Join(' ', seats.Ids()));
    }

    [Fact]
    public void Least_attained_service_steps_down_at_its_limit_and_knows_when()
    {
        var (old, fresh) = (Small.Job(1, devices: 2), Small.Job(2, devices: 2));
        var policy = SharingPolicies.Create("las");
        policy.Share([old, fresh], Room.Uniform(1, 2), 0);
        old.Kind = 0;

        Assert.Equal(1625, policy.NextChange([old, fresh], 0));
        old.Attained = 1625;

        Assert.Equal([2], policy.Share([old, fresh], Room.Uniform(1, 2), 1625).Ids());
    }

    [Fact]
    public void A_policy_that_needs_run_times_says_so_and_an_unknown_one_is_refused()
    {
        Assert.Equal(["sjf", "srtf", "srsf", "default"], SharingPolicies.Names.Where(name => SharingPolicies.Create(name).NeedsRunTimes));
        var refusal = Assert.Throws<ArgumentException>(() => SharingPolicies.Create("magic"));
        Assert.StartsWith("policy is 'magic'; allowed: fifo, ", refusal.Message, StringComparison.Ordinal);
    }
}
