using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>Machines that take work at certain hours only. It is Monday, nine o'clock, UTC.</summary>
public sealed class HoursTests
{
    private static readonly Machine Desk = new Machine("desk").With(1, Machine.Rtx4090, 24);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("22:00-07:00", "UTC", "closed until 22:00 UTC")]
    [InlineData("22:00-07:00", "Europe/Berlin", "closed until 22:00 Europe/Berlin")]
    [InlineData("08:00-12:30", "UTC", "open until 12:30 UTC")]
    [InlineData("08:00-12:30", "America/New_York", "closed until 08:00 America/New_York")]
    [InlineData("Sat-Sun", "UTC", "closed until Sat 00:00 UTC")]
    [InlineData("Mon-Wed", "UTC", "open until Thu 00:00 UTC")]
    [InlineData("never", "UTC", "closed")]
    [InlineData("always", "UTC", "")]
    public void A_node_says_when_it_opens_or_closes_in_its_own_time(string hours, string zone, string text)
    {
        var pool = Pool(new NodeRule { Name = "desk", Available = [hours], Timezone = zone });

        var availability = pool.State.AvailabilityOf(new NodeId("desk"), pool.Now)!;

        Assert.Equal((text, $"{hours} {zone}"), (availability.Text, availability.Hours));
    }

    [Fact]
    public void The_engine_wants_to_be_called_for_openings_and_stops_and_closings()
    {
        var pool = Pool(Open("22:00-07:00"));
        Assert.Equal(At(22), pool.Last.WakeAt);
        pool.After(TimeSpan.FromHours(14));
        Assert.Equal(At(31), pool.Last.WakeAt);

        pool.Start(pool.Submit(Drafts.Validation().Checkpointed() with { Grace = 5 * Minute }));
        Assert.Equal(At(31) - (5 * Minute), pool.Last.WakeAt);
        // Of another job with a shorter grace the longest counts, until its own time has come.
        pool.Start(pool.Submit(Drafts.Job().Checkpointed() with { Grace = Minute }));
        pool.After(At(31) - (5 * Minute) - pool.Now);
        Assert.Equal(5 * Minute, Assert.Single(pool.Last.Effects.OfType<PoolEffect.Stop>()).Grace);
        Assert.Equal(At(31) - Minute, pool.Last.WakeAt);
        pool.After(4 * Minute);
        Assert.Equal((EndCause.Closed, true, Minute), Stop(pool));
    }

    [Fact]
    public void A_forecast_knows_the_opening_and_what_would_start_the_job_before()
    {
        var pool = Pool(Open("08:00-10:00", "22:00-07:00"));
        var id = pool.Submit(Drafts.Validation() with { TimeLimit = "3h" });

        var forecast = pool.Engine.Forecast(pool.State, pool[id], pool.Now)!;

        Assert.Equal((At(22), "nothing that runs has to end first"), (forecast.Eta, forecast.Basis));
        Assert.Contains(new StartChange("--time 30m", true, "on desk"), forecast.WouldStartIf);
        Assert.Contains(new StartChange("--checkpoint", true, "on desk"), forecast.WouldStartIf);
        pool.After(TimeSpan.FromHours(2));
        Assert.Equal("when desk opens", pool.Engine.Forecast(pool.State, pool[id], pool.Now)!.Basis);
    }

    [Fact]
    public void What_is_promised_for_tonight_keeps_nobody_out_who_is_gone_by_then()
    {
        var pool = Pool(Open("08:00-10:00", "22:00-07:00"));
        var head = pool.Submit(Drafts.Validation() with { TimeLimit = "3h" });
        Assert.Equal(At(22), pool.State.PromiseTo(pool[head])!.At);

        var saves = pool.Submit(Drafts.Validation().Checkpointed());

        Assert.Equal("desk: GPU-desk-0", pool.PlaceOf(saves));
        Assert.Equal(At(22), pool.State.PromiseTo(pool[head])!.At);
    }

    [Fact]
    public void A_job_that_no_hours_are_long_enough_for_is_warned_of_at_submission()
    {
        var pool = Pool(Open("22:00-07:00"));
        var endless = Assert.IsType<PoolReply.Submitted>(pool.TrySubmit(Drafts.Validation())).Jobs[0].Warnings;
        var long10 = Assert.IsType<PoolReply.Submitted>(pool.TrySubmit(Drafts.Validation() with { TimeLimit = "10h" })).Jobs[0].Warnings;

        Assert.Equal(
            ["no node that fits is ever open for long enough, such as desk (available 22:00-07:00 UTC), for a job without --time and "
                + "--checkpoint: the job waits until another one joins"], endless);
        Assert.Equal(
            ["no node that fits is ever open for long enough, such as desk (available 22:00-07:00 UTC): the job waits until another one "
                + "joins"], long10);
        Assert.Empty(Assert.IsType<PoolReply.Submitted>(pool.TrySubmit(Drafts.Validation() with { TimeLimit = "8h" })).Jobs[0].Warnings);
    }

    [Fact]
    public void The_first_rule_holds_that_means_a_machine_by_name_or_label()
    {
        var labelled = new NodeRule { Label = "rack=cellar", Available = ["never"] };
        var pool = new TestPool(new PoolConfig { Nodes = [new NodeRule { Name = "d?sk-*", Available = ["Sat"] }, labelled] });
        pool.Join(new Machine("desk-1") { Rack = "cellar" }, new Machine("box") { Rack = "cellar" }, new Machine("desk"));

        Assert.Equal(
            ["never UTC", "-", "Sat UTC"], pool.State.Nodes.Select(node => pool.State.AvailabilityOf(node.Id, pool.Now)?.Hours ?? "-"));
        // It comes back with another label.
        pool.Join(new Machine("box") { Rack = "attic" });
        Assert.Null(pool.State.AvailabilityOf(new NodeId("box"), pool.Now));
    }

    [Fact]
    public void Rules_that_mean_nobody_are_told_of_when_they_are_put_in_force()
    {
        var pool = new TestPool().Join(Desk);

        var reply = pool.Step(new PoolInput.Reload(new PoolConfig
        {
            Nodes = [Open("always"),
            new NodeRule { Name = "dsk", Available = ["always"] }]
        })).Replies[0];

        var reloaded = Assert.IsType<PoolReply.Reloaded>(reply);
        Assert.Equal(["nodes"], reloaded.Changed);
        Assert.Equal(["nodes[1] (dsk) holds for no machine that has ever joined"], reloaded.Warnings);
    }

    [Fact]
    public void A_job_that_may_not_be_queued_again_needs_the_whole_time_and_ends_when_it_is_stopped()
    {
        var pool = Pool(Open("08:00-10:00"));
        var once = pool.Submit(Drafts.Validation().Checkpointed() with { NoRequeue = true });
        Assert.Equal(Reason.ReqNodeNotAvail, pool.ReasonOf(once));
        pool.Step(new PoolInput.Reload(new PoolConfig()));
        pool.Start(once);

        pool.Step(new PoolInput.Reload(new PoolConfig { Nodes = [Open("never")] }));
        pool.End(once, EndCause.Closed, 143);

        Assert.Equal(
            (JobState.NodeFail, "its node was closed for the day, and --no-requeue forbids another try; 'requeue' queues it all the same"),
            (pool.Stored(once).State, pool.Stored(once).ReasonText));
    }

    [Fact]
    public void A_scheduler_that_was_away_at_the_closing_gives_the_whole_grace()
    {
        var pool = Pool(Open("08:00-10:00"));
        var id = pool.Submit(Drafts.Validation().Checkpointed() with { Grace = 5 * Minute });
        pool.Start(id);
        pool.After(30 * Minute);
        var held = new HeldAttempt(pool[id].Attempt!.Id, true);

        pool.Restart().Join(Desk, [held]);
        Assert.Null(pool[id].Attempt!.StopCause);
        pool.After(31 * Minute);

        Assert.Equal((EndCause.Closed, true, 5 * Minute), Stop(pool));
    }

    [Fact]
    public void Whoever_runs_there_is_told_when_it_ends()
    {
        var pool = Pool(Open("08:00-10:00"));
        var id = pool.Submit(Drafts.Validation().Checkpointed());

        Assert.EndsWith(
            "; its node closes in 1 h, and what still runs is stopped in time", pool.Engine.Explain(pool.State, pool[id], pool.Now)[0].Text,
            StringComparison.Ordinal);
    }

    private static TestPool Pool(NodeRule rule) => new TestPool(new PoolConfig { Nodes = [rule] }).Join(Desk);

    private static NodeRule Open(params string[] hours) => new() { Name = "desk", Available = hours };

    private static DateTimeOffset At(int hour) => new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero).AddHours(hour);

    private static (EndCause Cause, bool SaveFirst, TimeSpan Grace) Stop(TestPool pool)
    {
        var stop = Assert.Single(pool.Last.Effects.OfType<PoolEffect.Stop>());
        return (stop.Cause, stop.CheckpointFirst, stop.Grace);
    }
}
