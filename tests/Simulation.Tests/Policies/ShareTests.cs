using GpuScheduler.Core.Policies;
using GpuScheduler.Core.Policies.Shares;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Policies;

/// <summary>Parts of the time, and the turns that come of them.</summary>
public sealed class ShareTests
{
    private static readonly Contender[] s_oneWideTwoNarrow = [Small.Job(0, left: 300, devices: 3), Small.Job(1), Small.Job(2)];

    [Fact]
    public void Equal_time_ignores_how_many_cards_somebody_takes() =>
        Assert.Equal([2 / 3.0, 2 / 3.0, 2 / 3.0], new EqualTime().Divide(s_oneWideTwoNarrow, 2, 0));

    [Fact]
    public void Equal_card_time_gives_away_what_somebody_cannot_use() =>
        Assert.Equal([2 / 3.0, 1, 1], new EqualCardTime().Divide(s_oneWideTwoNarrow, 4, 0));

    [Fact]
    public void The_least_makespan_lets_all_end_together() =>
        Assert.Equal([1, 1 / 3.0, 1 / 3.0], new LeastMakespan().Divide(s_oneWideTwoNarrow, 4, 0));

    [Fact]
    public void Most_throughput_goes_by_steps_a_card_second()
    {
        Contender[] jobs = [new(0, 2, 0, [1.0]), new(1, 1, 0, [1.0]), new(2, 1, 0, [0.25])];

        Assert.Equal([0.5, 1, 1], new MostThroughput().Divide(jobs, 3, 0));
    }

    [Theory]
    [InlineData(0, new double[] { 1, 1, 0, 0 })]
    // Half the line may be chosen from: the shortest of its first two goes before the oldest.
    [InlineData(0.5, new double[] { 0, 1, 0, 0 }, 1)]
    public void The_oldest_keep_their_places(double choosy, double[] parts, int cards = 2)
    {
        Contender[] jobs = [Small.Job(0, left: 50), Small.Job(1, left: 40), Small.Job(2, left: 30), Small.Job(3, left: 20)];
        var shares = new OldestFirst(choosy);

        Assert.Equal(parts, shares.Divide(jobs, cards, 0));
        Assert.Equal(parts, shares.Divide(jobs, cards, 100));
    }

    [Fact]
    public void Finish_time_fairness_gives_most_to_whoever_waited_longest_for_his_length()
    {
        Contender[] jobs =
        [
            Small.Job(0, left: 100, arrival: 0), Small.Job(1, left: 100, arrival: 300), Small.Job(2, left: 1000, arrival: 300),
        ];

        var parts = new EqualSlowdown().Divide(jobs, 1, 300);

        Assert.Equal(1, parts.Sum(), 1e-6);
        Assert.True(parts[0] > parts[1], $"{parts[0]} for who waited, {parts[1]} for who didn't");
        Assert.Equal(parts[1], parts[2], 1e-6);
    }

    [Fact]
    public void Turns_follow_the_shares()
    {
        var policy = new TurnsByShare("test", new LeastMakespan(), period: 1000, credit: 60);
        Contender[] jobs = [Small.Job(0, left: 3000), Small.Job(1, left: 1000)];
        var turns = Enumerable.Range(0, 8).Select(round => Turn(policy, jobs, round * 120)).ToList();

        Assert.Equal([6, 2], jobs.Select(job => turns.Count(turn => turn == job.Id)));
    }

    [Fact]
    public void Who_comes_between_two_divisions_waits_for_the_next()
    {
        var policy = new TurnsByShare("test", new EqualTime(), period: 1000, credit: 60);
        var (first, second) = (Small.Job(0), Small.Job(1, arrival: 200));

        Assert.Equal([0], policy.Share([first], Room.Uniform(1, 2), 100).Ids());
        Assert.Equal([0], policy.Share([first, second], Room.Uniform(1, 2), 1099).Ids());
        Assert.Equal([0, 1], policy.Share([first, second], Room.Uniform(1, 2), 1100).Ids().Order());
    }

    private static int Turn(ISharingPolicy policy, Contender[] jobs, double now)
    {
        var job = policy.Share(jobs, Room.Uniform(1, 1), now).Single().Job;
        job.Attained += 120;
        return job.Id;
    }
}
