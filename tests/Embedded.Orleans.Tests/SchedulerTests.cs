using GpuScheduler.Embedded.Orleans.Tests.Grains;

namespace GpuScheduler.Embedded.Orleans.Tests;

public sealed class SchedulerTests : ClusterTest
{
    private ISchedulerGrain Grain => Grains.GetGrain<ISchedulerGrain>("a");

    [Fact]
    public async Task Code_after_an_await_is_back_on_the_grains_scheduler() => Assert.True(await Grain.StaysAfterAwait());

    [Fact]
    public async Task Code_after_ConfigureAwait_false_has_left_the_grains_scheduler()
    {
        var stays = Grain.StaysAfterConfigureAwaitFalse();
        await Stage.Until("waiting");
        Stage.Open("go on");

        Assert.False(await stays);
    }

    [Fact]
    public async Task Task_Run_leaves_the_grains_scheduler() => Assert.False(await Grain.StaysInTaskRun());

    [Fact]
    public async Task Async_local_state_of_the_caller_stays_with_the_caller()
    {
        SchedulerGrain.Ambient.Value = "the test's";

        Assert.False(await Grain.SeesCallersAsyncLocal());
    }

    [Fact]
    public async Task The_callers_code_does_not_run_on_the_grains_scheduler()
    {
        var before = TaskScheduler.Current;

        await Grain.StaysAfterAwait();

        Assert.Equal(before, TaskScheduler.Current);
    }
}
