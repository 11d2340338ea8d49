using FsCheck.Fluent;
using GpuScheduler.Core.Policies;
using GpuScheduler.Simulation.Tests.Support;
using GpuScheduler.Testing;

namespace GpuScheduler.Simulation.Tests.Policies;

/// <summary>Short jobs first, but for those that decide when the pool is empty.</summary>
public sealed class CriticalFirstTests
{
    [Fact]
    public void Shorter_jobs_go_first_where_the_cards_are_the_bottleneck() =>
        Assert.Equal(
            [2, 1], Share(2, [Small.Job(0, left: 300), Small.Job(1, left: 200), Small.Job(2, left: 100), Small.Job(3, left: 300)]));

    [Fact]
    public void A_job_that_alone_takes_as_long_as_all_the_rest_runs_at_once() =>
        Assert.Equal([0, 3], Share(2, [Small.Job(0, left: 300), Small.Job(1, left: 100), Small.Job(2, left: 90), Small.Job(3, left: 80)]));

    [Fact]
    public void Nobody_runs_who_does_not_fit_and_no_card_idles_that_somebody_could_use()
    {
        var any = Gen.Choose(1, 8).SelectMany(
            cards => Gen.Choose(1, 500).Two().NonEmptyListOf().Select(jobs => (Cards: cards, Jobs: jobs)));
        Prop.ForAll(any.ToArbitrary(), given => Holds(given.Cards, given.Jobs)).Holds();
    }

    private static bool Holds(int cards, IEnumerable<(int Left, int Width)> drawn)
    {
        Contender[] jobs = [.. drawn.Select((job, id) => Small.Job(id, left: job.Left, devices: 1 + (job.Width % cards)))];
        var seated = Share(cards, jobs).ToHashSet();
        var free = cards - jobs.Where(job => seated.Contains(job.Id)).Sum(job => job.Devices);
        return free >= 0 && jobs.Where(job => !seated.Contains(job.Id)).All(job => job.Devices > free);
    }

    private static IEnumerable<int> Share(int cards, Contender[] jobs) => new CriticalFirst().Share(jobs, Room.Uniform(1, cards), 0).Ids();
}
