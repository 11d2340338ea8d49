using Serilog.Events;

namespace GpuScheduler.Host.Observability;

/// <summary>
/// Who calls may leave at any moment, also before the scheduler has read what was wanted. gRPC calls that an error, with a trace, when the
/// break of the stream is seen before the call's own cancellation. An admin can mend nothing about it.
/// </summary>
internal static class LeftCalls
{
    private const string Source = "Grpc.AspNetCore.Server";

    /// <summary>Whatever breaks within a call has been given a status before gRPC hears of it, so this is the connection's.</summary>
    public static bool Has(LogEvent entry) =>
        entry.Exception is IOException
        && entry.Properties.TryGetValue("SourceContext", out var value)
        && value is ScalarValue { Value: string source }
        && source.StartsWith(Source, StringComparison.Ordinal);
}
