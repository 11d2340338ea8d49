using GpuScheduler.Common.Telemetry;
using GpuScheduler.Grains.Observability;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace GpuScheduler.Host.Observability;

/// <summary>The scheduler's own instruments, for Prometheus under <c>/metrics</c>, and for a collector where one is named.</summary>
internal static class MetricsExtensions
{
    /// <summary>Names that dashboards and alerts rest on: neither the library's version nor its names for itself belong to them.</summary>
    public static MeterProviderBuilder AddPoolMetrics(this MeterProviderBuilder metrics, OtlpSettings otlp)
    {
        metrics.AddMeter(PoolInstruments.MeterName, PoolGauges.MeterName).AddPrometheusExporter(options =>
        {
            options.TranslationStrategy = PrometheusAspNetCoreTranslationStrategy.UnderscoreEscapingWithSuffixes;
            options.ScopeInfoEnabled = false;
            options.TargetInfoEnabled = false;
            // A scrape shows what is true now. Its cost is the look at the pool, which comes before.
            options.ScrapeResponseCacheDurationMilliseconds = 0;
        });
        return otlp.Metrics ? metrics.AddOtlpExporter() : metrics;
    }

    public static WebApplication MapMetrics(this WebApplication app)
    {
        var gauges = app.Services.GetRequiredService<PoolGauges>();
        app.MapPrometheusScrapingEndpoint("/metrics", meterProvider: null, scrape => scrape.Use(async (context, next) =>
        {
            await gauges.Refresh();
            // One format for all who ask: the other one names bounds otherwise ("1.0") and adds series of its own ("_created").
            context.Request.Headers.Accept = "text/plain; version=0.0.4";
            await next(context);
        }), optionsName: null).WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
        return app;
    }
}
