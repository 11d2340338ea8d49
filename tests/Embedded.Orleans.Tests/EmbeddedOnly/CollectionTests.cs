using GpuScheduler.Embedded.Orleans.Tests.Grains;
using GpuScheduler.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime;

namespace GpuScheduler.Embedded.Orleans.Tests.EmbeddedOnly;

/// <summary>Idle ages in virtual time.</summary>
public sealed class CollectionTests : LifeTest
{
    private readonly ManualTimeProvider _ages = new();

    private IManagementGrain Management => Grains.GetGrain<IManagementGrain>(0);

    [Fact]
    public async Task Only_grains_idle_for_long_enough_are_collected()
    {
        await Grains.GetGrain<ILifeGrain>("old").Number();
        _ages.Advance(TimeSpan.FromMinutes(10));
        await Grains.GetGrain<ILifeGrain>("young").Number();

        await Management.ForceActivationCollection(TimeSpan.FromMinutes(5));

        Assert.Contains("1 deactivates: ActivationIdle", Stage.Notes);
        Assert.DoesNotContain("2 deactivates: ActivationIdle", Stage.Notes);
    }

    [Fact]
    public async Task A_busy_grain_is_not_collected()
    {
        var leave = Grains.GetGrain<ITurnGrain>("busy").Write("write");
        await Stage.Until("write starts");
        _ages.Advance(TimeSpan.FromMinutes(10));

        await Management.ForceActivationCollection(TimeSpan.Zero);

        Stage.Open("write");
        await leave;
    }

    [Fact]
    public async Task A_shielded_grain_is_not_collected_until_the_shield_ends()
    {
        var grain = Grains.GetGrain<ILifeGrain>("a");
        await grain.Delay(TimeSpan.FromMinutes(10));

        _ages.Advance(TimeSpan.FromMinutes(9));
        await Management.ForceActivationCollection(TimeSpan.Zero);
        Assert.DoesNotContain("1 deactivates: ActivationIdle", Stage.Notes);

        _ages.Advance(TimeSpan.FromMinutes(1));
        await Management.ForceActivationCollection(TimeSpan.Zero);
        Assert.Contains("1 deactivates: ActivationIdle", Stage.Notes);
    }

    protected override void Configure(ISiloBuilder silo)
    {
        base.Configure(silo);
        silo.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.ActivationManagement, _ages);
    }
}
