using GpuScheduler.Embedded.Orleans.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace GpuScheduler.Embedded.Orleans.Tests;

public sealed class TestClusterTests
{
    [Fact]
    public async Task A_cluster_set_up_by_configurator_types_serves_calls_until_it_is_stopped()
    {
        var builder = new TestClusterBuilder(1);
        builder.AddSiloBuilderConfigurator<AddStage>();
        await using var cluster = builder.Build();
        await cluster.DeployAsync();

        await cluster.GrainFactory.GetGrain<ICallGrain>("a").Nothing();

        Assert.Equal(["nothing"], cluster.GetSiloServiceProvider().GetRequiredService<Stage>().Notes);
        await cluster.StopAllSilosAsync();
    }

    private sealed class AddStage : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => siloBuilder.Services.AddSingleton<Stage>();
    }
}
