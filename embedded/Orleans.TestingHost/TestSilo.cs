using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>The host under both kinds of test cluster.</summary>
internal sealed class TestSilo(Action<IHostApplicationBuilder> configure) : IAsyncDisposable
{
    private IHost? _host;

    public IServiceProvider Services =>
        _host?.Services ?? throw new InvalidOperationException("The cluster is not deployed: await DeployAsync() first.");

    public Task StartAsync()
    {
        if (_host is not null)
            throw new InvalidOperationException("The cluster is deployed already.");
        // An empty builder: no environment variable, file or console of the machine reaches a test.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        configure(builder);
        _host = builder.Build();
        return _host.StartAsync();
    }

    public Task StopAsync() => _host?.StopAsync() ?? Task.CompletedTask;

    public Task DeactivateAsync(GrainId grain) => Services.GetRequiredService<Silo>().DeactivateAsync(grain);

    public async ValueTask DisposeAsync()
    {
        if (_host is null)
            return;
        await StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
