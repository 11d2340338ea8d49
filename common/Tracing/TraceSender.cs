using System.Diagnostics;
using GpuScheduler.Common.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GpuScheduler.Common.Tracing;

/// <summary>Sends the spans of one source to the collector that OpenTelemetry's variables name.</summary>
internal sealed class TraceSender : IDisposable
{
    /// <summary>Room for them is taken at once, whether they come or not: a larger number costs gigabytes.</summary>
    private const int MostWaiting = 65_536;

    private readonly TracerProvider _provider;

    private TraceSender(TracerProvider provider) => _provider = provider;

    /// <summary>Null where no traces are sent: then no span is made either.</summary>
    /// <param name="settings">What the variables ask for.</param>
    /// <param name="source">Whose spans.</param>
    /// <param name="program">How the program is called there, unless a variable says otherwise.</param>
    /// <param name="version">The program's.</param>
    public static TraceSender? Start(OtlpSettings settings, ActivitySource source, string program, string version) => settings.Traces
        ? new(Sdk.CreateTracerProviderBuilder()
            .AddSource(source.Name)
            .ConfigureResource(resource => resource.Clear()
                .AddTelemetrySdk().AddService(program, serviceVersion: version).AddEnvironmentVariableDetector())
            .AddOtlpExporter(Bound)
            .Build())
        : null;

    private static void Bound(OtlpExporterOptions options)
    {
        var batches = options.BatchExportProcessorOptions;
        batches.MaxQueueSize = Math.Min(batches.MaxQueueSize, MostWaiting);
        batches.MaxExportBatchSize = Math.Min(batches.MaxExportBatchSize, batches.MaxQueueSize);
    }

    public void Dispose()
    {
        _provider.Shutdown(OtlpSettings.LastPatienceMilliseconds);
        _provider.Dispose();
    }
}
