using GpuScheduler.Worker.Session;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Session;

/// <summary>A worker that stops says so: a cancelled call would look like a broken connection.</summary>
public sealed class GoodbyeTests
{
    [Fact]
    public async Task A_worker_that_stops_ends_its_side_of_the_stream()
    {
        var worker = await TestWorker.StartAsync();
        await worker.RunAsync(A.Command("true"));

        await worker.DisposeAsync();

        Assert.Equal(1, worker.Talk.Goodbyes);
    }

    [Fact]
    public async Task A_worker_that_stops_waits_for_no_scheduler_that_says_nothing_to_it()
    {
        var time = new Impatience();
        var worker = await TestWorker.StartAsync(talk => talk.HoldsOn = true, time: time);
        await worker.RunAsync(A.Command("true"));

        await worker.DisposeAsync();

        Assert.Equal((1, 1), (worker.Talk.Goodbyes, time.Waits));
    }

    /// <summary>The wait for the scheduler's end of the session is over at once.</summary>
    private sealed class Impatience : TimeProvider
    {
        public int Waits { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Shortened(base.CreateTimer(callback, state, dueTime, period), () => Waits++);
    }

    private sealed class Shortened(ITimer timer, Action tell) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != SchedulerSession.GoodbyeWithin) return timer.Change(dueTime, period);
            tell();
            return timer.Change(TimeSpan.Zero, period);
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
