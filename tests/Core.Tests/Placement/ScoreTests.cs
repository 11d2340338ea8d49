using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Placement;

/// <summary>Each score by itself: what it gives to the place that a job got.</summary>
public sealed class ScoreTests
{
    private static readonly string[] Names =
    [
        "tierPreference", "finishTime", "fragmentation", "cache", "thermal", "power", "faults", "energy", "cost",
    ];

    [Theory]
    [InlineData("tierPreference", "training", "A100", 1000)]
    [InlineData("tierPreference", "validation", "RTX6000ADA", 667)] // The second of three open classes, loans included.
    [InlineData("finishTime", "training", "A100", 857)] // 312 of 364.2 TFLOPS at FP16, which the RTX 6000 Ada has.
    [InlineData("finishTime", "training", "T4", 178)]
    [InlineData("energy", "training", "T4", 765)] // 65/70 against 364.2/300 TFLOPS/W.
    [InlineData("energy", "training", "A100", 643)]
    public void Scores_of_kinds(string name, string tier, string model, int thousandths)
    {
        var pool = Pool(new Machine("box").With(1, Machine.A100, 80).With(1, "Tesla T4", 16).With(1, Machine.Rtx6000Ada, 48));
        // Asking for one leaves no choice but sets the scale: the others are open to the request, too.
        var card = model == "A100" ? "GPU-box-0" : model == "T4" ? "GPU-box-1" : "GPU-box-2";
        foreach (var other in new[] { "GPU-box-0", "GPU-box-1", "GPU-box-2" }.Where(uuid => uuid != card))
            pool.Step(new PoolInput.Drain($"box/{other}", "", null, "root"));

        var sheet = Chosen(pool, pool.Submit(Drafts.Job("1", tier)));

        Assert.Equal(thousandths, sheet.Lines.Single(line => line.Name == name).Points, 1.0);
    }

    [Theory]
    [InlineData(40, 0, 1000, 1000)]
    [InlineData(50, 0, 1000, 1000)]
    [InlineData(85, 0, 0, 1000)]
    [InlineData(95, 1, 0, 500)]
    [InlineData(null, 3, 1000, 250)]
    public void Temperature_and_faults(int? celsius, int faults, int thermal, int health)
    {
        var pool = Pool(new Machine("box").With(1, Machine.A100, 80));
        pool.Step(
            new PoolInput.CardsRead(
                new NodeId("box"), pool.State.FindNode(new NodeId("box"))!.Session!, [new CardReading("GPU-box-0", celsius, faults)]));

        var sheet = Chosen(pool, pool.Submit(Drafts.Training()));

        Assert.Equal((thermal, health), ((int)Of(sheet, "thermal"), (int)Of(sheet, "faults")));
    }

    [Fact]
    public void Readings_of_an_older_session_count_for_nothing()
    {
        var pool = Pool(new Machine("box").With(1, Machine.A100, 80));
        pool.Step(new PoolInput.CardsRead(new NodeId("box"), "session-0", [new CardReading("GPU-box-0", 85, 9)]));

        Assert.Equal(1000, Of(Chosen(pool, pool.Submit(Drafts.Training())), "thermal"));
    }

    [Fact]
    public void What_is_left_of_a_power_budget_counts()
    {
        var pool = Pool(new Machine("desk") { Power = new NodePower(null, 1200, 200) }.With(2, Machine.Rtx4090, 24));

        Assert.Equal(550, Of(Chosen(pool, pool.Submit(Drafts.Validation())), "power"));
        Assert.Equal(100, Of(Chosen(pool, pool.Submit(Drafts.Validation())), "power"));
    }

    [Fact]
    public void A_score_without_weight_is_not_listed_and_the_next_best_is()
    {
        var pool = new TestPool(new PoolConfig { Scores = new ScoreConfig { Energy = 0, Cost = 0 } })
            .Join(new Machine("a").With(1, Machine.A100, 80), new Machine("b").With(1, Machine.A100, 80));

        var choice = PoolEngine.ChoiceOf(pool[pool.Submit(Drafts.Training())])!;

        Assert.Equal(Names[..^2], choice.Chosen.Lines.Select(line => line.Name));
        Assert.Equal(("a", "b"), (choice.Chosen.Node.Name, choice.RunnerUp?.Node.Name));
    }

    [Fact]
    public void A_part_of_a_card_has_a_next_best_too()
    {
        var pool = new TestPool().Join(new Machine("a").With(1, Machine.A100, 80), new Machine("b").With(1, Machine.A100, 80));
        JobId Part(string share, string nodes) => pool.Submit(Drafts.Training() with { GpuShare = share, NodeList = nodes });
        string Why(JobId id) => pool.Engine.Explain(pool.State, pool[id], pool.Now).Single(line => line.Reason == Reason.Score).Text;

        var first = Why(Part("700m", ""));
        Assert.Contains(
            " on a card not begun yet: parts go to begun cards first; next best was NVIDIA A100", first, StringComparison.Ordinal);
        Assert.Contains(" on b (a card not begun yet) with ", first, StringComparison.Ordinal);

        var beside = Why(Part("100m", ""));
        Assert.Contains(" on GPU-a-0, begun, 300m left: parts go to begun cards first; next best was", beside, StringComparison.Ordinal);
        Assert.Contains(" on b (a card not begun yet) with ", beside, StringComparison.Ordinal);

        Part("600m", "b");
        var tightest = Why(Part("200m", ""));
        Assert.Contains(" on GPU-a-0, begun, 200m left", tightest, StringComparison.Ordinal);
        Assert.Contains(" on b (GPU-b-0, begun, 400m left) with ", tightest, StringComparison.Ordinal);
        Assert.StartsWith(
            "on b: 600m of NVIDIA A100-SXM4-80GB (GPU-b-0); datacenter is the first choice", WhereOf(pool, "600m"),
            StringComparison.Ordinal);
        Assert.EndsWith(": parts go to begun cards first; no other place had room then", Why(Part("400m", "")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_with_a_budget_must_say_what_its_cards_draw()
    {
        var mystery = new Machine("desk") { Power = new NodePower(500, null, 0) }.With(1, "Mystery 9", 24);

        var refused = Assert.IsType<PoolReply.Rejected>(new TestPool().Join(mystery, []));
        var accepted = new TestPool().Join(mystery.Knowing(facts => facts with { Watts = 300 }), []);

        Assert.Equal("devices[0].powerLimit", Assert.Single(refused.Faults).Field);
        Assert.IsType<PoolReply.NodeAccepted>(accepted);
    }

    [Theory]
    [InlineData(0, null, 0, "power.budget")]
    [InlineData(null, 0, 0, "power.supply")]
    [InlineData(null, 500, 500, "power.base")]
    [InlineData(null, null, -1, "power.base")]
    public void A_power_that_can_not_be_is_refused(int? budget, int? supply, int rest, string field)
    {
        var refused = Assert.IsType<PoolReply.Rejected>(
            new TestPool().Join(new Machine("desk") { Power = new NodePower(budget, supply, rest) }, []));

        Assert.Contains(field, refused.Faults.Select(fault => fault.Field));
    }

    /// <summary>All weights 1000, so that points are thousandths.</summary>
    private static TestPool Pool(Machine machine) => new TestPool(new PoolConfig
    {
        Scores = new ScoreConfig
        {
            FinishTime = 1000, Fragmentation = 1000, Cache = 1000, Thermal = 1000, Power = 1000, Faults = 1000, Energy = 1000, Cost = 1000,
        },
    }).Join(machine);

    private static string WhereOf(TestPool pool, string share)
    {
        var job = pool.State.Jobs.Single(job => job.Spec.Draft.GpuShare == share);
        return pool.Engine.Explain(pool.State, job, pool.Now).Single(line => line.Reason == Reason.Placed).Text;
    }

    private static ScoreSheet Chosen(TestPool pool, JobId id) => PoolEngine.ChoiceOf(pool[id])!.Chosen;

    private static double Of(ScoreSheet sheet, string name) => Math.Round(sheet.Lines.Single(line => line.Name == name).Points);
}
