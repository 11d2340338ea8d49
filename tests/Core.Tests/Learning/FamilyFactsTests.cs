using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Tests.Learning;

public sealed class FamilyFactsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly CardsUsed A100 = new("A100", 1);
    private static readonly CardsUsed T4 = new("T4", 1);

    [Fact]
    public void Fewer_than_three_runs_tell_no_cautious_time()
    {
        Assert.Null(RunTimes.Cautious(null));
        Assert.Null(RunTimes.Cautious(Ran(100, 200)));
        Assert.Equal(TimeSpan.FromSeconds(250), RunTimes.Cautious(Ran(100, 200, 50)));
    }

    [Fact]
    public void Old_runs_are_forgotten()
    {
        var facts = Ran([9000, .. Enumerable.Repeat(100.0, FamilyFacts.MostRuns)]);

        Assert.Equal(FamilyFacts.MostRuns, facts.Runs.Count);
        Assert.Equal(TimeSpan.FromSeconds(125), RunTimes.Cautious(facts));
    }

    [Fact]
    public void The_stretch_that_loads_counts_only_until_a_better_one_is_known()
    {
        var facts = Nothing.With(A100, 10, 100, isFirst: true, Now);
        Assert.Equal(0.1, facts.Speeds[0].Rate);

        facts = facts.With(A100, 100, 100, isFirst: false, Now);
        Assert.Equal(1, facts.Speeds[0].Rate);

        Assert.Same(facts, facts.With(A100, 10, 100, isFirst: true, Now));
    }

    [Fact]
    public void Speeds_follow_a_lasting_change()
    {
        var facts = Nothing.With(A100, 100, 100, isFirst: false, Now);
        for (var i = 0; i < 30; i++) facts = facts.With(A100, 200, 100, isFirst: false, Now);

        Assert.InRange(facts.Speeds[0].Rate, 1.9, 2);
    }

    [Theory]
    [InlineData(null, null, 5.0)] // The catalog alone.
    [InlineData(2.0, 1.0, 2.0)] // Measured on both.
    [InlineData(10.0, null, 5.0)] // Measured on one: the other by the catalog, on the same scale.
    [InlineData(null, 3.0, 5.0)]
    public void Kinds_are_compared_by_measure_then_by_the_catalog(double? a100, double? t4, double ratio)
    {
        var facts = Nothing;
        if (a100 is { } fast) facts = facts.With(A100, fast * 100, 100, isFirst: false, Now);
        if (t4 is { } slow) facts = facts.With(T4, slow * 100, 100, isFirst: false, Now);

        var speeds = Speeds.Of(facts, [A100, T4], [300, 60]);

        Assert.Equal(ratio, speeds[0].Value / speeds[1].Value, 1e-9);
        Assert.Equal((a100 is not null, t4 is not null), (speeds[0].IsMeasured, speeds[1].IsMeasured));
    }

    [Fact]
    public void Without_steps_run_times_stand_in_and_an_unknown_card_counts_as_slow()
    {
        var facts = Nothing.With(new RunFact(A100, 100), Now).With(new RunFact(T4, 400), Now);

        var speeds = Speeds.Of(facts, [A100, T4, new CardsUsed("MYSTERY", 1)], [null, null, null]);

        Assert.Equal([4.0, 1, 0.5], speeds.Select(speed => speed.Value / speeds[1].Value));
    }

    [Theory]
    [InlineData("train", "python a.py", "train", "python b.py", true)] // A name says it all.
    [InlineData("", "python a.py", "", "python a.py", true)]
    [InlineData("", "python a.py", "", "python b.py", false)]
    public void Families_go_by_name_or_else_by_command(string name, string command, string otherName, string otherCommand, bool same) =>
        Assert.Equal(same, JobFamily.Of(Spec(name, command)) == JobFamily.Of(Spec(otherName, otherCommand)));

    [Fact]
    public void The_family_not_heard_of_for_longest_is_forgotten_first()
    {
        var book = new FamilyBook();
        for (var i = 0; i < FamilyBook.Most; i++) Assert.Null(book.Put(Of($"f{i}", i)));
        Assert.Null(book.Put(Of("f0", FamilyBook.Most)));

        Assert.Equal("f1", book.Put(Of("new", FamilyBook.Most + 1))?.Name);
        Assert.Equal(FamilyBook.Most, book.All.Count());
    }

    private static FamilyFacts Nothing => FamilyFacts.Nothing(new JobFamily("ann", "", "train"));

    private static FamilyFacts Of(string name, int seconds) =>
        FamilyFacts.Nothing(new JobFamily("ann", "", name)) with { Seen = Now.AddSeconds(seconds) };

    private static FamilyFacts Ran(params double[] seconds) =>
        seconds.Aggregate(Nothing, (facts, one) => facts.With(new RunFact(A100, one), Now));

    private static JobSpec Spec(string name, string command) => new()
    {
        Draft = new JobDraft { User = "ann", Name = name, Command = command.Split(' ') },
        Name = name.Length > 0 ? name : "python",
        Tier = "training",
        Request = new ResourceRequest(null, 1, 1, [], []),
        Retries = 0,
        Grace = TimeSpan.Zero,
    };
}
