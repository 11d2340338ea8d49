using Orleans;

namespace GpuScheduler.Embedded.Orleans.Tests.Grains;

public sealed class SchedulerGrain(Stage stage) : Grain, ISchedulerGrain
{
    public static readonly AsyncLocal<string?> Ambient = new();

    public async Task<bool> StaysAfterAwait()
    {
        var own = TaskScheduler.Current;
        await Task.Yield();
        await Task.Run(() => stage.Note("elsewhere"));
        return own != TaskScheduler.Default && TaskScheduler.Current == own;
    }

    public async Task<bool> StaysAfterConfigureAwaitFalse()
    {
        var own = TaskScheduler.Current;
        stage.Note("waiting");
#pragma warning disable ORLEANS0014 // Orleans' analyzer forbids it in grains for what this grain is there to show.
        await stage.Gate("go on").ConfigureAwait(false);
#pragma warning restore ORLEANS0014
        return TaskScheduler.Current == own;
    }

    public Task<bool> StaysInTaskRun()
    {
        var own = TaskScheduler.Current;
        return Task.Run(() => TaskScheduler.Current == own);
    }

    public Task<bool> SeesCallersAsyncLocal() => Task.FromResult(Ambient.Value is not null);
}
