using System.Diagnostics;
using GpuScheduler.Common.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GpuScheduler.Common.Tracing;

/// <summary>Sends the spans of one source to the collector that OpenTelemetry's variables name.</summary>
internal sealed class TraceSender : IDisposable
{
    /// <summary>A collector that is away must not keep a program from ending.</summary>
    private const int LastPatienceMilliseconds = 1_000;

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
            .AddOtlpExporter()
            .Build())
        : null;

    public void Dispose()
    {
        _provider.Shutdown(LastPatienceMilliseconds);
        _provider.Dispose();
    }
}
