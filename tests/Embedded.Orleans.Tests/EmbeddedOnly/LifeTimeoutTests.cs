using GpuScheduler.Embedded.Orleans.Tests.Grains;
using GpuScheduler.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime;

namespace GpuScheduler.Embedded.Orleans.Tests.EmbeddedOnly;

/// <summary>Activations that hang, in virtual time.</summary>
public sealed class LifeTimeoutTests : LifeTest
{
    private readonly ManualTimeProvider _life = new();

    [Fact]
    public async Task An_activation_that_hangs_fails_its_callers_in_the_end()
    {
        var call = Grains.GetGrain<ILifeGrain>("slow").Number();
        await Stage.Until("1 activates");

        _life.Advance(TimeSpan.FromSeconds(30));

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.Contains("life/slow was not activated within", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_hangs_does_not_keep_its_activation_for_ever()
    {
        var grain = Grains.GetGrain<ILifeGrain>("a");
        var leave = grain.Leave();
        await Stage.Until("leaving");
        await _life.UntilArmedAsync(1);

        _life.Advance(TimeSpan.FromSeconds(30));

        await Stage.Until("1 deactivates: ApplicationRequested");
        Assert.Equal(2, await grain.Number());
        Stage.Open("leave");
        Assert.Equal(1, await leave);
    }

    protected override void Configure(ISiloBuilder silo)
    {
        base.Configure(silo);
        silo.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.ActivationManagement, _life);
    }
}
