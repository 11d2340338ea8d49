using Microsoft.Extensions.Hosting;
using Orleans.Embedded.Activations;

namespace Orleans.Embedded.Hosting;

/// <summary>Ties the silo to the host's life: services registered after it start after it and stop before it.</summary>
internal sealed class SiloService(Silo silo) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => silo.StopAsync(cancellationToken);
}
