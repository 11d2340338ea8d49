using GpuScheduler.Embedded.Orleans.Tests.Grains;

namespace GpuScheduler.Embedded.Orleans.Tests;

public sealed class CallTests : ClusterTest
{
    private ICallGrain Grain => Grains.GetGrain<ICallGrain>("a");

    [Fact]
    public async Task Results_come_back_whatever_the_return_type()
    {
        Assert.Equal(new Measurement("power", 240), await Grain.Double(new Measurement("power", 120)));
        Assert.Equal(5, await Grain.Length("tiers"));
        await Grain.Nothing();
        Assert.Equal(["nothing"], Stage.Notes);
    }

    [Fact]
    public async Task A_grain_calls_another_grain() => Assert.Equal(4, await Grain.CallAnother("b", "pool"));

    [Fact]
    public async Task An_exception_reaches_the_caller_with_type_message_and_stack()
    {
        var failure = await Assert.ThrowsAsync<InvalidDataException>(Grain.FailLater);

        Assert.Equal("later", failure.Message);
        Assert.Contains(nameof(CallGrain.FailLater), failure.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_that_throws_before_its_first_await_fails_the_task_not_the_call_itself()
    {
        var call = Grain.FailAtOnce();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => call);
        Assert.Equal("at once", failure.Message);
    }

    [Fact]
    public async Task A_failed_value_task_fails_for_the_caller() =>
        await Assert.ThrowsAsync<InvalidDataException>(async () => await Grain.FailValueTask());

    [Fact]
    public async Task A_failed_call_leaves_the_grain_serving()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(Grain.FailAtOnce);

        Assert.Equal(1, await Grain.Length("x"));
    }

    [Fact]
    public async Task Cancellation_reaches_the_grain_and_releases_the_caller()
    {
        using var cancellation = new CancellationTokenSource();
        var call = Grain.Wait(cancellation.Token);
        await Stage.Until("waiting");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Stage.Until("cancelled");
    }

    [Fact]
    public async Task A_one_way_call_returns_before_the_grain_has_run_and_hides_its_failure()
    {
        var grain = Grain;
        await grain.Forget();
        Assert.DoesNotContain("forgotten fails", Stage.Notes);

        Stage.Open("forgotten");
        await grain.Nothing();

        Assert.Equal(["forgotten starts", "forgotten fails", "nothing"], Stage.Notes);
    }

    [Fact]
    public async Task A_call_after_the_silo_has_stopped_fails()
    {
        var grain = Grain;
        await grain.Nothing();
        await Cluster.StopAllSilosAsync();

        await Assert.ThrowsAnyAsync<Exception>(async () => await grain.Nothing());
    }
}
