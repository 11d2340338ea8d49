using GpuScheduler.Common.Logs;
using GpuScheduler.Host.Options;
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
        // Orleans tries again through it, and tells of each grain that it took one try.
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
        builder.Services.AddGrpcHealthChecks().AddCheck<PoolHealthCheck>("pool");
        return builder.AddTelemetry(options.Otlp);
    }

    /// <summary>What <c>--http</c> answers, and gRPC's health service.</summary>
    public static WebApplication MapObservability(this WebApplication app, CheckedOptions options)
    {
        app.MapGrpcHealthChecksService();
        app.MapHealthChecks("/healthz");
        return app.MapTelemetry(options.Otlp);
    }
}
