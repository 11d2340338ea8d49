using GpuScheduler.Embedded.Orleans.Tests.Grains;
using GpuScheduler.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime;

namespace GpuScheduler.Embedded.Orleans.Tests.EmbeddedOnly;

/// <summary>Response time-outs in virtual time; the real host measures them with the machine's clock.</summary>
public sealed class TimeoutTests : ClusterTest
{
    private readonly ManualTimeProvider _messaging = new();

    private ICallGrain Grain => Grains.GetGrain<ICallGrain>("a");

    [Fact]
    public async Task An_unanswered_call_ends_after_the_response_time_out_and_says_which_call_it_was()
    {
        var call = Grain.Wait(CancellationToken.None);
        await Stage.Until("waiting");

        _messaging.Advance(TimeSpan.FromSeconds(29.9));
        Assert.False(call.IsCompleted);
        _messaging.Advance(TimeSpan.FromSeconds(0.1));

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.Contains("ICallGrain.Wait on call/a", failure.Message, StringComparison.Ordinal);
        Stage.Open("call");
    }

    [Fact]
    public async Task Each_call_has_its_own_time()
    {
        var early = Grain.Wait(CancellationToken.None);
        await Stage.Until("waiting");
        _messaging.Advance(TimeSpan.FromSeconds(20));
        var late = Grains.GetGrain<ICallGrain>("b").Wait(CancellationToken.None);
        await Stage.Until("waiting", times: 2);

        _messaging.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<TimeoutException>(() => early);
        Assert.False(late.IsCompleted);
        _messaging.Advance(TimeSpan.FromSeconds(20));

        await Assert.ThrowsAsync<TimeoutException>(() => late);
        Stage.Open("call");
    }

    [Fact]
    public async Task An_answered_call_is_forgotten()
    {
        Assert.Equal(1, await Grain.Length("x"));
        var call = Grain.Wait(CancellationToken.None);
        _messaging.Advance(TimeSpan.FromSeconds(10));
        Stage.Open("call");

        await call;

        _messaging.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(0, _messaging.ArmedTimers);
    }

    [Fact]
    public async Task A_request_whose_caller_has_timed_out_before_its_turn_never_runs()
    {
        var running = Grain.Wait(CancellationToken.None);
        await Stage.Until("waiting");
        var waiting = Grain.Wait(CancellationToken.None);
        _messaging.Advance(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<TimeoutException>(() => running);
        await Assert.ThrowsAsync<TimeoutException>(() => waiting);

        Stage.Open("call");
        await Grain.Nothing();

        Assert.Equal(["waiting", "nothing"], Stage.Notes);
    }

    protected override void Configure(ISiloBuilder silo) =>
        silo.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Messaging, _messaging);
}
