using GpuScheduler.Embedded.Orleans.Tests.Grains;
using Orleans.Runtime;

namespace GpuScheduler.Embedded.Orleans.Tests;

public sealed class DeactivationTests : LifeTest
{
    [Fact]
    public async Task Deactivation_lets_the_running_call_end_and_serves_waiting_ones_anew_in_order()
    {
        var grain = Grains.GetGrain<ILifeGrain>("a");
        var leave = grain.Leave();
        await Stage.Until("leaving");
        var later = Enumerable.Range(0, 5).Select(_ => grain.Number()).ToArray();

        Stage.Open("leave");

        Assert.Equal(1, await leave);
        Assert.All(await Task.WhenAll(later), number => Assert.Equal(2, number));
        Assert.Equal(
            ["1 activates", "1 active", "scope used", "leaving", "left", "1 deactivates: ApplicationRequested"],
            Stage.Notes.Where(note => note != "scope disposed").Take(6));
    }

    [Fact]
    public async Task The_services_of_an_activation_are_disposed_with_it()
    {
        Stage.Open("leave");

        await Grains.GetGrain<ILifeGrain>("a").Leave();

        await Stage.Until("scope disposed");
    }

    [Fact]
    public async Task A_failing_OnDeactivateAsync_does_not_stop_the_deactivation()
    {
        Stage.Open("leave");
        var grain = Grains.GetGrain<ILifeGrain>("fails last");

        await grain.Leave();

        await Stage.Until("1 deactivates: ApplicationRequested");
        Assert.Equal(2, await grain.Number());
    }

    [Fact]
    public async Task A_test_can_take_a_grain_down()
    {
        var grain = Grains.GetGrain<ILifeGrain>("a");
        await grain.Number();

        await Cluster.DeactivateAsync(grain);

        Assert.Contains("1 deactivates: ApplicationRequested", Stage.Notes);
        Assert.Equal(2, await grain.Number());
    }

    [Fact]
    public async Task A_forced_collection_takes_idle_grains_and_leaves_kept_ones()
    {
        await Grains.GetGrain<ILifeGrain>("a").Number();
        await Grains.GetGrain<IKeptGrain>("b").Touch();

        await Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

        await Stage.Until("1 deactivates: ActivationIdle");
        Assert.DoesNotContain("kept one deactivates: ActivationIdle", Stage.Notes);
    }

    [Fact]
    public async Task Stopping_the_silo_deactivates_every_grain()
    {
        await Grains.GetGrain<ILifeGrain>("a").Number();
        await Grains.GetGrain<IKeptGrain>("b").Touch();

        await Cluster.StopAllSilosAsync();

        Assert.Contains("1 deactivates: ShuttingDown", Stage.Notes);
        Assert.Contains("kept one deactivates: ShuttingDown", Stage.Notes);
    }
}
