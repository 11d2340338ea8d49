using System.Collections;
using GpuScheduler.Common.Telemetry;
using GpuScheduler.Grains.Observability;
using GpuScheduler.Host.Startup;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GpuScheduler.Host.Observability;

/// <summary>Metrics, always there to be read; and what is sent to a collector, where OpenTelemetry's variables name one.</summary>
internal static class TelemetryExtensions
{
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder, OtlpSettings otlp)
    {
        builder.Configuration.AddInMemoryCollection(Variables());
        builder.Services.AddSingleton<PoolInstruments>().AddSingleton<PoolGauges>();
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(Describe)
            .WithMetrics(metrics => metrics.AddPoolMetrics(otlp));
        if (otlp.Traces) telemetry.WithTracing(traces => traces.AddPoolTraces());
        if (otlp.Metrics) builder.Services.AddHostedService<GaugesTimer>();
        return builder;
    }

    public static WebApplication MapTelemetry(this WebApplication app, OtlpSettings otlp)
    {
        if (otlp.Traces) app.UseTraces();
        return app.MapMetrics();
    }

    /// <summary>Sends what is left when nothing more can be counted. The library alone would wait for a collector that never answers for
    /// five seconds for metrics, and for five more for traces. What its shutdown returns says nothing: it was false for metrics and traces
    /// that a collector had taken, too. So the time tells.</summary>
    public static async Task SendLastTelemetry(this WebApplication app, OtlpSettings otlp, TimeProvider clock, Serilog.ILogger logger)
    {
        if (otlp is { Metrics: false, Traces: false }) return;
        const int patience = OtlpSettings.LastPatienceMilliseconds;
        var began = clock.GetTimestamp();
        await Task.WhenAll(
            Task.Run(() => app.Services.GetService<MeterProvider>()?.Shutdown(patience)),
            Task.Run(() => app.Services.GetService<TracerProvider>()?.Shutdown(patience)));
        if (clock.GetElapsedTime(began).TotalMilliseconds >= patience)
            logger.Information("The collector did not answer within a second: it may lack the last metrics and traces");
    }

    /// <summary>The exporters read their settings from here. Without the switch for all of it: <c>/metrics</c> is always there.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value))
            .Where(entry => entry.Key.StartsWith("OTEL_", StringComparison.Ordinal) && entry.Key != "OTEL_SDK_DISABLED");

    /// <summary>Last what the variables say of it (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES).</summary>
    private static void Describe(ResourceBuilder resource) => resource.Clear()
        .AddTelemetrySdk().AddService("gpusched-scheduler", serviceVersion: ProductVersion.Current.Text).AddEnvironmentVariableDetector();
}
