using GpuScheduler.Embedded.Orleans.Tests.Grains;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;

namespace GpuScheduler.Embedded.Orleans.Tests.EmbeddedOnly;

/// <summary>The silo inside each kind of host. The real one would open fixed ports here.</summary>
public sealed class HostTests
{
    [Fact]
    public async Task A_web_application_hosts_a_silo()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.UseOrleans(silo => silo.UseLocalhostClustering().ConfigureServices(services => services.AddSingleton<Stage>()));
        await using var application = builder.Build();

        Assert.Equal(4, await LengthIn(application.Services));
    }

    [Fact]
    public async Task A_generic_host_hosts_a_silo()
    {
        using var host = new HostBuilder()
            .UseOrleans(silo => silo.UseLocalhostClustering().ConfigureServices(services => services.AddSingleton<Stage>()))
            .Build();

        Assert.Equal(4, await LengthIn(host.Services));
    }

    [Fact]
    public async Task Using_Orleans_twice_adds_one_silo()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans();
        builder.UseOrleans(silo => silo.Services.AddSingleton<Stage>());
        using var host = builder.Build();

        Assert.Single(host.Services.GetServices<IHostedService>());
        Assert.Equal(4, await LengthIn(host.Services));
    }

    [Fact]
    public void A_grain_made_by_hand_is_refused()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => new CallGrain(new Stage()));

        Assert.Contains("constructed by the host", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<int> LengthIn(IServiceProvider services) =>
        await services.GetRequiredService<IGrainFactory>().GetGrain<ICallGrain>("a").Length("pool");
}
