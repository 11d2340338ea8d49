using GpuScheduler.Host.Pools;

namespace GpuScheduler.Host.Startup;

/// <summary>Loads the pool before anybody can connect, so that leases run from the start and nobody waits for the first call.</summary>
internal sealed class PoolStarter(PoolClient pool) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => pool.Pool.GetPool();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
