using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo in the test's process, set up by delegates.</summary>
public sealed class InProcessTestCluster : IAsyncDisposable
{
    private readonly TestSilo _silo;

    internal InProcessTestCluster(InProcessTestClusterOptions options, Action<IHostApplicationBuilder> configure)
    {
        Options = options;
        _silo = new TestSilo(configure);
    }

    public InProcessTestClusterOptions Options { get; }

    public IClusterClient Client => _silo.Services.GetRequiredService<IClusterClient>();

    public IServiceProvider GetSiloServiceProvider() => _silo.Services;

    public Task DeployAsync() => _silo.StartAsync();

    /// <summary>Stops gracefully: every activation runs its <c>OnDeactivateAsync</c>.</summary>
    public Task StopAllSilosAsync() => _silo.StopAsync();

    /// <summary>Takes one grain down and waits until it is gone; without effect on a grain that isn't active.</summary>
    public Task DeactivateAsync(IAddressable grain) => DeactivateAsync(grain.GetGrainId());

    public Task DeactivateAsync(GrainId grainId) => _silo.DeactivateAsync(grainId);

    public ValueTask DisposeAsync() => _silo.DisposeAsync();
}
