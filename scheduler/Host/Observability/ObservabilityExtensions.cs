using System.Collections;
using GpuScheduler.Common.Logs;
using GpuScheduler.Grains.Observability;
using GpuScheduler.Host.Options;
using GpuScheduler.Host.Startup;
using OpenTelemetry.Resources;
using Serilog;
using Serilog.Events;

namespace GpuScheduler.Host.Observability;

/// <summary>Logs, metrics and health.</summary>
internal static class ObservabilityExtensions
{
    /// <summary>Console (standard error: standard output is for the address) and a file a day, kept two weeks.</summary>
    public static Serilog.Core.Logger CreateLogger(CheckedOptions options, TimeProvider clock) => new LoggerConfiguration()
        .MinimumLevel.Is(options.LogLevel)
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        // Switched off rather than silent: else each call gets an activity and a scope that nothing reads.
        .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off)
        .MinimumLevel.Override("Orleans", LogEventLevel.Warning)
        .MinimumLevel.Override("Grpc", LogEventLevel.Warning)
        .MinimumLevel.Override("Polly", LogEventLevel.Warning)
        .Filter.ByExcluding(new FalseWarnings(clock).Has)
        .Filter.ByExcluding(LeftCalls.Has)
        .Enrich.FromLogContext()
        .WriteTo.Console(
            new LogLineFormatter("[{Timestamp:HH:mm:ss} {Level:u3}] {Message:lj}", traces: false),
            standardErrorFromLevel: LogEventLevel.Verbose)
        .WriteTo.File(
            new LogLineFormatter("{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} [{Level:u3}] {Message:lj}", traces: true),
            Path.Combine(options.Data, "logs", "scheduler-.log"),
            rollingInterval: RollingInterval.Day,
            fileSizeLimitBytes: 100 * 1024 * 1024,
            rollOnFileSizeLimit: true,
            retainedFileCountLimit: 14)
        .CreateLogger();

    public static WebApplicationBuilder AddObservability(this WebApplicationBuilder builder, CheckedOptions options, Serilog.ILogger logger)
    {
        builder.Logging.ClearProviders().AddSerilog(logger);
        builder.Services.AddSingleton<PoolInstruments>().AddSingleton<PoolGauges>();
        builder.Configuration.AddInMemoryCollection(OpenTelemetryVariables());
        builder.Services.AddOpenTelemetry().ConfigureResource(Describe).WithMetrics(metrics => metrics.AddPoolMetrics(options.Otlp));
        if (options.Otlp.Metrics) builder.Services.AddHostedService<GaugesTimer>();
        builder.Services.AddGrpcHealthChecks().AddCheck<PoolHealthCheck>("pool");
        return builder;
    }

    /// <summary>What <c>--http</c> answers, and gRPC's health service.</summary>
    public static WebApplication MapObservability(this WebApplication app)
    {
        app.MapGrpcHealthChecksService();
        app.MapHealthChecks("/healthz");
        return app.MapMetrics();
    }

    /// <summary>The exporters read their settings from here. Without the switch for all of it: <c>/metrics</c> is always there.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> OpenTelemetryVariables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value))
            .Where(entry => entry.Key.StartsWith("OTEL_", StringComparison.Ordinal) && entry.Key != "OTEL_SDK_DISABLED");

    /// <summary>Last what the variables say of it (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES).</summary>
    private static void Describe(ResourceBuilder resource) => resource.Clear()
        .AddTelemetrySdk().AddService("gpusched-scheduler", serviceVersion: ProductVersion.Current.Text).AddEnvironmentVariableDetector();
}
