using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace GpuScheduler.Host.Observability;

/// <summary>Sends what is left when the scheduler stops. A collector that takes a call and never answers keeps it for a second, where the
/// library alone would wait for five seconds for metrics and for five more for traces.</summary>
internal sealed partial class LastTelemetry(IServiceProvider services, ILogger<LastTelemetry> logger) : IHostedLifecycleService
{
    private const int PatienceMilliseconds = 1_000;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After everything that could still be counted.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        var sent = await Task.WhenAll(
            Task.Run(() => services.GetService<MeterProvider>()?.Shutdown(PatienceMilliseconds) ?? true, CancellationToken.None),
            Task.Run(() => services.GetService<TracerProvider>()?.Shutdown(PatienceMilliseconds) ?? true, CancellationToken.None));
        if (sent.Contains(false)) LogLost();
    }

    [LoggerMessage(2601, LogLevel.Information, "The last metrics or traces were not taken by the collector within a second")]
    private partial void LogLost();
}
