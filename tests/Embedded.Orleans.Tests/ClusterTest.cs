using GpuScheduler.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace GpuScheduler.Embedded.Orleans.Tests;

/// <summary>A silo for each test, with a stage, and a clock for grain timers that the test moves.</summary>
public abstract partial class ClusterTest : IAsyncLifetime
{
    protected Stage Stage { get; } = new();

    protected ManualTimeProvider Time { get; } = new();

    protected InProcessTestCluster Cluster { get; private set; } = null!;

    protected IGrainFactory Grains => Cluster.Client;

    public async Task InitializeAsync()
    {
        Cluster = new InProcessTestClusterBuilder(1)
            .ConfigureSilo((_, silo) =>
            {
                silo.Services.AddSingleton(Stage);
                silo.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, Time);
                LeaveClockToGrains(silo);
                Configure(silo);
            })
            .Build();
        await Cluster.DeployAsync();
    }

    public async Task DisposeAsync() => await Cluster.DisposeAsync();

    protected virtual void Configure(ISiloBuilder silo)
    {
    }

    /// <summary>The real silo has a timer of its own on the grains' clock: the tests count theirs.</summary>
    static partial void LeaveClockToGrains(ISiloBuilder silo);
}
