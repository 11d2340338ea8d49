using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Policies;
using GpuScheduler.Core.Policies.Kinds;
using GpuScheduler.Testing;

namespace GpuScheduler.Simulation.Tests.Policies;

/// <summary>Cards of different speed, split by who gains most.</summary>
public sealed class ComparativeAdvantageTests
{
    private const int Kinds = 3;

    [Fact]
    public void Where_everybody_finds_a_card_no_other_split_gains_more()
    {
        var paces = Gen.Choose(1, 20).Select(tenths => tenths / 10.0).ListOf(Kinds).Select(pace => pace.ToArray());
        var cases = from jobs in paces.ListOf() where jobs.Count is > 0 and <= 5 select jobs.ToList();
        Check.One(Draws.Config(200), Prop.ForAll(cases.ToArbitrary(), jobs =>
        {
            var contenders = jobs.Select((pace, id) => new Contender(id, 1, 0, pace) { Remaining = 100 * (id + 1) }).ToList();

            var seats = new ComparativeAdvantage(knownRunTimes: true).Share(contenders, TwoOfEach(), 0);

            Assert.Equal(jobs.Count, seats.Count);
            Assert.Equal(Best(contenders, 0, [2, 2, 2]), seats.Sum(seat => Gain(seat.Job, seat.Kind)), 1e-6);
        }));
    }

    [Fact]
    public void In_a_crowd_the_longest_of_equals_waits()
    {
        Contender[] jobs = [.. Enumerable.Range(0, 7).Select(id => new Contender(id, 1, 0, [1.0, 1.0, 1.0]) { Remaining = 100 - id })];

        var seats = new ComparativeAdvantage(knownRunTimes: true).Share(jobs, TwoOfEach(), 0);

        Assert.Equal([1, 2, 3, 4, 5, 6], seats.Select(seat => seat.Job.Id).Order());
    }

    [Fact]
    public void Of_unknown_length_whoever_has_done_most_waits()
    {
        Contender[] jobs = [.. Enumerable.Range(0, 7).Select(id => new Contender(id, 1, 0, [1.0, 1.0, 1.0]) { Done = id == 3 ? 50 : 5 })];

        var seats = new ComparativeAdvantage(knownRunTimes: false).Share(jobs, TwoOfEach(), 0);

        Assert.DoesNotContain(3, seats.Select(seat => seat.Job.Id));
    }

    [Fact]
    public void A_job_is_never_put_where_it_cannot_run()
    {
        Contender[] jobs =
        [
            .. Enumerable.Range(0, 4).Select(
                id => new Contender(id, 1, 0, [double.PositiveInfinity, 1.0, double.PositiveInfinity]) { Remaining = 1 }),
        ];

        var seats = new ComparativeAdvantage(knownRunTimes: true).Share(jobs, TwoOfEach(), 0);

        Assert.Equal([1, 1], seats.Select(seat => seat.Kind));
    }

    private static Room TwoOfEach() => new(Enumerable.Repeat<IReadOnlyList<int>>([1, 1], Kinds));

    private static double Gain(Contender job, int kind) => job.BestPace / job.Pace[kind];

    /// <summary>By trying everything.</summary>
    private static double Best(List<Contender> jobs, int next, int[] free) => next == jobs.Count
        ? 0
        : Enumerable.Range(0, Kinds).Where(kind => free[kind] > 0).Max(kind =>
            Gain(jobs[next], kind) + Best(jobs, next + 1, [.. free.Select((left, index) => index == kind ? left - 1 : left)]));
}
