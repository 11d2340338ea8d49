using Orleans;
using Orleans.Runtime;

namespace GpuScheduler.Embedded.Orleans.Tests.Grains;

public sealed class TimerGrain(Stage stage) : Grain, ITimerGrain
{
    private IGrainTimer? _timer;
    private TaskScheduler? _own;
    private TimeSpan? _next;

    public Task Start(TimeSpan dueTime, TimeSpan period, bool interleave)
    {
        _own = TaskScheduler.Current;
        _timer = this.RegisterGrainTimer(
            TickAsync, new GrainTimerCreationOptions { DueTime = dueTime, Period = period, Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartFailing(TimeSpan period)
    {
        _timer = this.RegisterGrainTimer(
            () =>
            {
                stage.Note("tick");
                return Task.FromException(new InvalidOperationException("tick"));
            },
            period,
            period);
        return Task.CompletedTask;
    }

    public Task StartChanging(TimeSpan dueTime)
    {
        _timer = this.RegisterGrainTimer(
            static (grain, _) => grain.ChangeOnceAsync(), this, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _next = dueTime;
        return Task.CompletedTask;
    }

    public Task StartWaiting(TimeSpan dueTime)
    {
        _timer = this.RegisterGrainTimer(WaitForCancellationAsync, dueTime, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan dueTime, TimeSpan period)
    {
        _timer!.Change(dueTime, period);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task BeBusy()
    {
        stage.Note("busy");
        await stage.Gate("busy");
        stage.Note("busy ends");
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stage.Note("deactivates");
        return Task.CompletedTask;
    }

    private Task ChangeOnceAsync()
    {
        stage.Note("tick");
        if (_next is { } dueTime)
            _timer!.Change(dueTime, Timeout.InfiniteTimeSpan);
        _next = null;
        return Task.CompletedTask;
    }

    private async Task TickAsync()
    {
        stage.Note(TaskScheduler.Current == _own ? "tick" : "tick on a foreign scheduler");
        await stage.Gate("tick");
        stage.Note("tick ends");
    }

    private async Task WaitForCancellationAsync(CancellationToken cancellationToken)
    {
        stage.Note("tick");
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
        stage.Note("tick cancelled");
    }
}

public static class TimerGrainExtensions
{
    /// <summary>One whole turn: when it has ended, so has the turn of the tick before it.</summary>
    public static Task BeBusyOnce(this ITimerGrain grain, Stage stage)
    {
        stage.Open("busy");
        return grain.BeBusy();
    }
}
