using GpuScheduler.Embedded.Orleans.Tests.Grains;

namespace GpuScheduler.Embedded.Orleans.Tests;

/// <summary>Each test moves the clock only once the timer is armed, which is what a tick's end does.</summary>
public sealed class TimerTests : ClusterTest
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private ITimerGrain Grain => Grains.GetGrain<ITimerGrain>("a");

    [Fact]
    public async Task A_timer_fires_when_due_and_then_each_period()
    {
        Stage.Open("tick");
        await Grain.Start(5 * s_second, 2 * s_second, interleave: false);

        await AdvanceArmed(4.999 * s_second);
        Assert.Empty(Stage.Notes);

        await AdvanceArmed(0.001 * s_second);
        await Stage.Until("tick ends", times: 1);
        await AdvanceArmed(2 * s_second);
        await Stage.Until("tick ends", times: 2);
        Assert.Equal(["tick", "tick ends", "tick", "tick ends"], Stage.Notes);
    }

    [Fact]
    public async Task An_infinite_period_fires_once()
    {
        Stage.Open("tick");
        await Grain.Start(s_second, Timeout.InfiniteTimeSpan, interleave: false);

        await AdvanceArmed(s_second);
        await Stage.Until("tick ends");
        await Grain.BeBusyOnce(Stage);

        Assert.Equal(0, Time.ArmedTimers);
    }

    [Fact]
    public async Task The_period_counts_from_the_end_of_a_callback()
    {
        await Grain.Start(s_second, s_second, interleave: false);
        await AdvanceArmed(s_second);
        await Stage.Until("tick");

        Time.Advance(10 * s_second);
        Stage.Open("tick");
        await Stage.Until("tick ends");
        await AdvanceArmed(0.999 * s_second);
        Assert.Equal(["tick", "tick ends"], Stage.Notes);

        await AdvanceArmed(0.001 * s_second);
        await Stage.Until("tick ends", times: 2);
    }

    [Fact]
    public async Task A_callback_waits_for_the_call_that_runs()
    {
        Stage.Open("tick");
        await Grain.Start(s_second, Timeout.InfiniteTimeSpan, interleave: false);
        var busy = Grain.BeBusy();
        await Stage.Until("busy");

        await AdvanceArmed(s_second);
        Stage.Open("busy");
        await busy;
        await Stage.Until("tick ends");

        Assert.Equal(["busy", "busy ends", "tick", "tick ends"], Stage.Notes);
    }

    [Fact]
    public async Task A_call_waits_for_the_callback_that_runs()
    {
        Stage.Open("busy");
        await Grain.Start(s_second, Timeout.InfiniteTimeSpan, interleave: false);
        await AdvanceArmed(s_second);
        await Stage.Until("tick");

        var busy = Grain.BeBusy();
        Stage.Open("tick");
        await busy;

        Assert.Equal(["tick", "tick ends", "busy", "busy ends"], Stage.Notes);
    }

    [Fact]
    public async Task An_interleaving_callback_starts_while_a_call_awaits()
    {
        Stage.Open("tick");
        await Grain.Start(s_second, Timeout.InfiniteTimeSpan, interleave: true);
        var busy = Grain.BeBusy();
        await Stage.Until("busy");

        await AdvanceArmed(s_second);
        await Stage.Until("tick ends");

        Assert.Equal(["busy", "tick", "tick ends"], Stage.Notes);
        Stage.Open("busy");
        await busy;
    }

    [Fact]
    public async Task A_failing_callback_does_not_end_the_timer()
    {
        await Grain.StartFailing(s_second);

        await AdvanceArmed(s_second);
        await Stage.Until("tick", times: 1);
        await AdvanceArmed(s_second);

        await Stage.Until("tick", times: 2);
    }

    [Fact]
    public async Task A_change_counts_anew_from_now()
    {
        Stage.Open("tick");
        await Grain.Start(s_second, Timeout.InfiniteTimeSpan, interleave: false);

        await Grain.Change(10 * s_second, Timeout.InfiniteTimeSpan);
        Time.Advance(9 * s_second);
        Assert.Empty(Stage.Notes);

        Time.Advance(s_second);
        await Stage.Until("tick ends");
    }

    [Fact]
    public async Task A_change_inside_the_callback_counts_from_its_end()
    {
        await Grain.StartChanging(3 * s_second);
        await AdvanceArmed(s_second);
        await Stage.Until("tick", times: 1);

        await AdvanceArmed(3 * s_second);

        await Stage.Until("tick", times: 2);
    }

    [Fact]
    public async Task A_disposed_timer_is_silent_and_cancels_its_callbacks_token()
    {
        await Grain.StartWaiting(s_second);
        await AdvanceArmed(s_second);
        await Stage.Until("tick");

        await Grain.Stop();

        await Stage.Until("tick cancelled");
        await Grain.BeBusyOnce(Stage);
        Assert.Equal(0, Time.ArmedTimers);
    }

    [Fact]
    public async Task Timers_end_with_their_activation()
    {
        await Grain.Start(s_second, s_second, interleave: false);
        await Time.UntilArmedAsync(1);

        await Grain.Leave();
        await Stage.Until("deactivates");

        Assert.Equal(0, Time.ArmedTimers);
    }

    private async Task AdvanceArmed(TimeSpan span)
    {
        await Time.UntilArmedAsync(1).WaitAsync(TimeSpan.FromSeconds(20));
        Time.Advance(span);
    }
}
