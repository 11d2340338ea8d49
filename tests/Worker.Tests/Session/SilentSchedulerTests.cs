using GpuScheduler.Worker.Session;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Session;

/// <summary>A scheduler that takes the connection and then says nothing.</summary>
public sealed class SilentSchedulerTests
{
    [Fact]
    public async Task A_hello_without_an_answer_is_said_again_until_there_is_one()
    {
        var time = new Impatience { IsOn = true };
        await using var worker = await TestWorker.StartAsync(
            talk => (talk.Store, talk.IsSilent) = (new() { Id = "aaaa", Generation = 1 }, true), time: time);

        await worker.Retries.WaitAsync(2);
        (worker.Talk.IsSilent, time.IsOn) = (false, false);

        Assert.Equal(0, (await worker.RunAsync(A.Command("true"))).ExitCode);
    }

    /// <summary>The wait for a welcome is over at once.</summary>
    private sealed class Impatience : TimeProvider
    {
        public bool IsOn { get; set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, IsOn && dueTime == SchedulerSession.WelcomeWithin ? TimeSpan.Zero : dueTime, period);
    }
}
