using GpuScheduler.Host.Pools;

namespace GpuScheduler.Host.Startup;

/// <summary>Loads the pool before anybody can connect, so that leases run from the start and nobody waits for the first call.</summary>
internal sealed class PoolStarter(PoolClient pool, RulesKeeper rules) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await pool.Pool.GetPool();
        await rules.KeepFirst();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
