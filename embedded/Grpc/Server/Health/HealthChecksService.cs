using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Grpc.HealthCheck;

/// <summary>Answers for the whole server (the empty name) from the application's own health checks, run when asked.</summary>
internal sealed class HealthChecksService(HealthServiceImpl health, HealthCheckService checks) : Health.V1.Health.HealthBase
{
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        await RefreshAsync(request, context);
        return await health.Check(request, context);
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        await RefreshAsync(request, context);
        await health.Watch(request, responseStream, context);
    }

    private async Task RefreshAsync(HealthCheckRequest request, ServerCallContext context)
    {
        if (request.Service.Length == 0)
            await HealthPublisher.PublishAsync(health, await checks.CheckHealthAsync(context.CancellationToken));
    }
}

/// <summary>Tells those who watch when a periodic run of the checks comes out differently.</summary>
internal sealed class HealthPublisher(HealthServiceImpl health) : IHealthCheckPublisher
{
    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken) => PublishAsync(health, report);

    /// <summary>Degraded still serves.</summary>
    public static Task PublishAsync(HealthServiceImpl health, HealthReport report)
    {
        health.SetStatus("", report.Status == HealthStatus.Unhealthy ? ServingStatus.NotServing : ServingStatus.Serving);
        return Task.CompletedTask;
    }
}
