using GpuScheduler.Host.Pools;

namespace GpuScheduler.Host.Startup;

/// <summary>Loads the pool before a client or worker can connect: leases run from the start, and the first call need not wait.</summary>
internal sealed class PoolStarter(PoolClient pool, RulesKeeper rules) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await pool.Pool.GetPool();
        await rules.KeepFirst();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
