using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>When a waiting job starts, who is in the way, and what would help.</summary>
public sealed class ForecastTests
{
    private static readonly Machine Lab = new Machine("lab") { Cores = 16 }.With(2, Machine.A100, 80);
    private static readonly Machine Desk = new Machine("desk") { Cores = 16 }.With(1, Machine.Rtx3080, 10);
    private readonly TestPool _pool = new TestPool().Join(Lab);

    [Fact]
    public void The_start_is_when_time_limits_have_made_room()
    {
        var (first, second) = (Started("1h"), Started("3h"));
        var big = _pool.Submit(Drafts.Training("2"));

        var forecast = Forecast(big);

        Assert.Equal(_pool.Now + TimeSpan.FromHours(3), forecast.Eta);
        Assert.Equal("by the time limits of 2 jobs that run or go first", forecast.Basis);
        Assert.Equal([first, second], forecast.BlockedBy.Select(blocker => blocker.Job));
        Assert.Equal("ann holds 1 card on lab, until 2026-01-05 10:00:00Z at the latest", forecast.BlockedBy[0].Text);
    }

    [Fact]
    public void Jobs_that_go_first_are_played_too()
    {
        Started("1h", "2");
        var ahead = _pool.Submit(Timed("2h", "2") with { Priority = 5 });
        var waiting = _pool.Submit(Timed("1h", "2"));

        var forecast = Forecast(waiting);

        Assert.Equal(_pool.Now + TimeSpan.FromHours(3), forecast.Eta);
        Assert.Contains(forecast.BlockedBy, blocker => blocker.Job == ahead && blocker.Text == "ann is ahead: priority 5 against 0");
    }

    [Fact]
    public void Without_time_limits_nobody_knows_when_but_who_is_known()
    {
        var endless = _pool.Submit(Drafts.Training("2"));
        _pool.Start(endless);
        var waiting = _pool.Submit(Drafts.Training("2"));

        var forecast = Forecast(waiting);

        Assert.Null(forecast.Eta);
        Assert.Equal("jobs without a time limit hold what it needs: it is not known when they end", forecast.Basis);
        Assert.Equal("ann holds 2 cards on lab, without a time limit", Assert.Single(forecast.BlockedBy).Text);
    }

    [Fact]
    public void Who_fits_nowhere_is_told_so_and_waits_for_nobody()
    {
        Started("1h", "2");
        _pool.Submit(Drafts.Training("2"));
        var forecast = Forecast(_pool.Submit(Drafts.Training("h100")));

        Assert.Null(forecast.Eta);
        Assert.Equal("no node of the pool could hold it: it waits until one that can joins", forecast.Basis);
        Assert.Empty(forecast.BlockedBy);

        forecast = Forecast(_pool.Submit(Drafts.Training() with { NodeCount = 2, GpusPerNode = true }));
        Assert.Equal("too few nodes of the pool could hold it together: it waits until more join", forecast.Basis);
    }

    [Fact]
    public void A_part_that_is_too_large_is_told_how_much_would_do()
    {
        var forecast = Forecast(_pool.Submit(Drafts.Training() with { GpuShare = "600m", GpuMemory = "100GiB" }));
        Assert.Equal(["--gpu-mem 80G"], forecast.WouldStartIf.Select(change => change.Change));

        _pool.Submit(Drafts.Training());
        _pool.Submit(Drafts.Training() with { GpuShare = "500m" });
        forecast = Forecast(_pool.Submit(Drafts.Training() with { GpuShare = "600m" }));
        Assert.Equal(["--gpu-share 500m"], forecast.WouldStartIf.Select(change => change.Change));
    }

    [Fact]
    public void A_part_that_is_in_the_way_is_told_as_one()
    {
        _pool.Start(_pool.Submit(Drafts.Training() with { GpuShare = "400m" }));
        var forecast = Forecast(_pool.Submit(Drafts.Training("2")));

        Assert.Equal("ann holds 400m of a card on lab, without a time limit", Assert.Single(forecast.BlockedBy).Text);
    }

    [Fact]
    public void A_class_that_opens_later_is_foreseen()
    {
        _pool.Join(Desk);
        _pool.Start(_pool.Submit(Drafts.Training("2")));
        var waiting = _pool.Submit(Drafts.Training().Checkpointed());

        Assert.Equal(_pool.Now + TimeSpan.FromMinutes(30), Forecast(waiting).Eta);
    }

    [Fact]
    public void Less_card_memory_or_another_card_is_offered_when_it_starts_the_job_now()
    {
        _pool.Join(new Machine("annex").With(1, Machine.A100, 40));
        _pool.Start(_pool.Submit(Drafts.Training("A100:80GB..:2")));
        var waiting = _pool.Submit(Drafts.Training("A100:80GB..:1"));

        var forecast = Forecast(waiting);

        Assert.Equal(new StartChange("--gpus A100:40GiB..:1", true, "on annex"), forecast.WouldStartIf[0]);
    }

    [Fact]
    public void Too_much_card_memory_is_told_the_nearest_that_is_free_on_loan_too()
    {
        _pool.Join(Desk);
        var waiting = _pool.Submit(Drafts.Validation("96GB.."));
        Assert.Equal(new StartChange("--gpus any:80GiB..:1", true, "on lab"), Forecast(waiting).WouldStartIf[0]);

        _pool.Start(_pool.Submit(Drafts.Validation("RTX3080")));
        Assert.Equal(new StartChange("--gpus any:80GiB..:1", true, "on lab"), Forecast(waiting).WouldStartIf[0]);
    }

    [Theory]
    [InlineData("a100:1g.10gb", "--gpus A100:1")]
    [InlineData("1g.10gb:2", "--gpus any:2")]
    [InlineData("20GB..:mig", "--gpus any:20GB..:1")]
    [InlineData("cc>=10", "--gpus any:cc>=8.0:1")]
    [InlineData("cc>=10:ecc", "--gpus any:cc>=8.0:ecc:1")]
    [InlineData("driver>=999:ecc", "--gpus any:ecc:1")]
    public void The_nearest_cards_are_offered_for_a_profile_or_a_condition(string asked, string expected) =>
        Assert.Equal(expected, Forecast(_pool.Submit(Drafts.Training(asked))).WouldStartIf[0].Change);

    [Fact]
    public void Where_two_things_are_too_much_both_are_told() => Assert.Equal(
        new StartChange("--mem 128G --cpus 16", true, "on lab"),
        Forecast(_pool.Submit(Drafts.Training("a100:1") with { Memory = "900GiB", Cpus = 64 })).WouldStartIf[0]);

    [Fact]
    public void A_size_is_offered_as_a_person_writes_it()
    {
        _pool.Start(_pool.Submit(Drafts.Training()));

        Assert.Equal("--gpus any:80GB..:1", Forecast(_pool.Submit(Drafts.Training("80GB..:2"))).WouldStartIf[0].Change);
    }

    [Fact]
    public void Just_as_much_of_the_machine_as_it_has_free_is_offered()
    {
        _pool.Start(_pool.Submit(Drafts.Training() with { Cpus = 5, Memory = "28GiB" }));

        Assert.Equal("--cpus 11", Forecast(_pool.Submit(Drafts.Training() with { Cpus = 12 })).WouldStartIf[0].Change);
        Assert.Equal("--mem 100G", Forecast(_pool.Submit(Drafts.Training() with { Memory = "128GiB" })).WouldStartIf[0].Change);
    }

    [Fact]
    public void A_shorter_time_limit_is_offered_when_it_ends_before_a_promise()
    {
        Started("2h");
        _pool.Submit(Drafts.Training("2"));
        var waiting = _pool.Submit(Timed("8h"));

        Assert.Contains(Forecast(waiting).WouldStartIf, change => change is { Change: "--time 2h", StartsNow: true });
    }

    [Fact]
    public void Fewer_cards_are_offered_when_only_some_are_free()
    {
        _pool.Start(_pool.Submit(Drafts.Training()));
        var waiting = _pool.Submit(Drafts.Training("2"));

        Assert.Contains(Forecast(waiting).WouldStartIf, change => change.Change == "--gpus any:1" && change.Text == "on lab");
    }

    [Fact]
    public void Nothing_is_offered_where_nothing_helps()
    {
        _pool.Start(_pool.Submit(Drafts.Training("2")));

        Assert.Empty(Forecast(_pool.Submit(Drafts.Training("2"))).WouldStartIf);
    }

    [Fact]
    public void A_held_job_waits_for_no_room()
    {
        var held = _pool.Submit(Drafts.Training() with { Hold = true });

        Assert.Equal("it waits for something other than room", Forecast(held).Basis);
    }

    private StartForecast Forecast(JobId id) => _pool.Engine.Forecast(_pool.State, _pool[id], _pool.Now)!;

    private JobId Started(string limit, string gpus = "1")
    {
        var id = _pool.Submit(Timed(limit, gpus));
        _pool.Start(id);
        return id;
    }

    private static JobDraft Timed(string limit, string gpus = "1") =>
        Drafts.Training(gpus) with { TimeLimit = limit, Grace = TimeSpan.Zero };
}
