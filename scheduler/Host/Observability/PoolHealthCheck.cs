using GpuScheduler.Host.Pools;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GpuScheduler.Host.Observability;

/// <summary>Healthy means: the pool answers, and takes new work.</summary>
public sealed class PoolHealthCheck(PoolClient pool) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        return await pool.Pool.WhyRefusing() is { } why ? HealthCheckResult.Unhealthy(why) : HealthCheckResult.Healthy();
    }
}
