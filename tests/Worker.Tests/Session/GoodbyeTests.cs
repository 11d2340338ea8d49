using GpuScheduler.Worker.Session;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Session;

/// <summary>A worker that stops says so: a cancelled call would look like a broken connection.</summary>
public sealed class GoodbyeTests
{
    [Fact]
    public async Task A_worker_that_stops_ends_its_side_of_the_stream()
    {
        var talk = await StopAsync(holdsOn: false);

        Assert.True(talk.Goodbye.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_worker_that_stops_waits_for_no_scheduler_that_says_nothing_to_it()
    {
        var talk = await StopAsync(holdsOn: true);

        Assert.True(talk.Goodbye.IsCompletedSuccessfully);
    }

    private static async Task<Conversation> StopAsync(bool holdsOn)
    {
        var time = new WaitOverAfterGoodbye();
        var worker = await TestWorker.StartAsync(
            talk =>
            {
                talk.HoldsOn = holdsOn;
                time.Goodbye = talk.Goodbye;
            },
            time: time);
        await worker.RunAsync(A.Command("true"));
        await worker.DisposeAsync();
        return worker.Talk;
    }

    /// <summary>The worker's wait for the scheduler's end of the session is over once the scheduler has heard the goodbye: on a busy
    /// machine a wait by the clock may end before that.</summary>
    private sealed class WaitOverAfterGoodbye : TimeProvider
    {
        public Task Goodbye { get; set; } = Task.CompletedTask;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new GoodbyeTimer(base.CreateTimer(callback, state, dueTime, period), Goodbye);
    }

    private sealed class GoodbyeTimer(ITimer timer, Task goodbye) : ITimer
    {
        private Task? _over;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != SchedulerSession.GoodbyeWithin) return timer.Change(dueTime, period);
            _over = goodbye.ContinueWith(_ => timer.Change(TimeSpan.Zero, period), TaskScheduler.Default);
            return true;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
