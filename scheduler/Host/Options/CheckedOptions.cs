using GpuScheduler.Common.Telemetry;
using GpuScheduler.Core.Config;
using GpuScheduler.Host.PoolFile;
using Serilog.Events;

namespace GpuScheduler.Host.Options;

/// <summary>Options that can be relied on.</summary>
/// <param name="Data">Absolute, exists, and can be written.</param>
/// <param name="Listen">For gRPC.</param>
/// <param name="Http">For <c>/healthz</c> and <c>/metrics</c>; null: not served.</param>
/// <param name="Pool">The pool's rules.</param>
/// <param name="File">Where they were read from.</param>
/// <param name="Text">What the file said; empty: there is none.</param>
/// <param name="LogLevel">Least level logged.</param>
public sealed record CheckedOptions(
    string Data, ListenAddress Listen, ListenAddress? Http, PoolConfig Pool, PoolFilePath File, string Text, LogEventLevel LogLevel)
{
    /// <summary>Go on although the store lost work that was acknowledged.</summary>
    public bool AcceptLoss { get; init; }

    /// <summary>Whether metrics and traces are sent to a collector.</summary>
    internal OtlpSettings Otlp { get; init; } = OtlpSettings.Off;
}
