using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo in the test's process, set up by configurator types.</summary>
public class TestCluster : IAsyncDisposable
{
    private readonly TestSilo _silo;

    internal TestCluster(TestClusterOptions options, IConfiguration configuration)
    {
        Options = options;
        _silo = new TestSilo(host =>
        {
            host.Configuration.AddConfiguration(configuration);
            host.UseOrleans(Configure);
        });
    }

    public TestClusterOptions Options { get; }

    public IClusterClient Client => ServiceProvider.GetRequiredService<IClusterClient>();

    public IGrainFactory GrainFactory => Client;

    /// <summary>The client's services, which here are the silo's.</summary>
    public IServiceProvider ServiceProvider => _silo.Services;

    public IServiceProvider GetSiloServiceProvider() => _silo.Services;

    public Task DeployAsync() => _silo.StartAsync();

    /// <summary>Stops gracefully: every activation runs its <c>OnDeactivateAsync</c>.</summary>
    public Task StopAllSilosAsync() => _silo.StopAsync();

    /// <summary>Takes one grain down and waits until it is gone; without effect on a grain that isn't active.</summary>
    public Task DeactivateAsync(IAddressable grain) => DeactivateAsync(grain.GetGrainId());

    public Task DeactivateAsync(GrainId grainId) => _silo.DeactivateAsync(grainId);

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private void Configure(ISiloBuilder silo)
    {
        foreach (var name in Options.SiloBuilderConfiguratorTypes)
        {
            var configurator = (ISiloConfigurator)Activator.CreateInstance(Type.GetType(name!, throwOnError: true)!)!;
            configurator.Configure(silo);
        }
    }
}
