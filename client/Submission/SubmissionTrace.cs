using System.Diagnostics;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Common.Telemetry;
using GpuScheduler.Common.Tracing;

namespace GpuScheduler.Client.Submission;

/// <summary>The first part of a submission's trace, in the trace of who calls where there is one (TRACEPARENT).</summary>
internal sealed class SubmissionTrace : IDisposable
{
    private static readonly ActivitySource s_source = new("GpuScheduler.Client");

    private readonly TraceSender _sender;
    private readonly Activity? _span;

    private SubmissionTrace(TraceSender sender, string caller)
    {
        _sender = sender;
        _span = s_source.StartActivity("gpusched submit", ActivityKind.Client, caller);
    }

    /// <summary>Null where no traces are sent. A variable that can't be meant holds no job up: it is told.</summary>
    public static SubmissionTrace? Begin(Call call)
    {
        var settings = OtlpSettings.Read(call.Context.Variable);
        foreach (var fault in settings.Faults)
            call.Remark($"no trace is sent: {fault.Variable} is '{fault.Value}'; allowed: {fault.Allowed}");
        return Start(call, settings) is { } sender ? new(sender, call.Context.Variable(TraceParent.Variable)) : null;
    }

    /// <summary>The exporter reads more variables than ours checks, and throws what it likes: a job is worth more than its trace. Their
    /// values may be secret.</summary>
    private static TraceSender? Start(Call call, OtlpSettings settings)
    {
        try
        {
            return TraceSender.Start(settings, s_source, "gpusched", ProgramVersion.Text);
        }
        catch (Exception failure)
        {
            var set = call.Context.Environment.Keys.Where(IsOfExporter).Order(StringComparer.Ordinal);
            call.Remark($"no trace is sent: what is set of {string.Join(", ", set)} can't be meant: {failure.Message}");
            return null;
        }
    }

    private static bool IsOfExporter(string variable) =>
        variable.StartsWith("OTEL_EXPORTER_OTLP_", StringComparison.Ordinal) || variable.StartsWith("OTEL_BSP_", StringComparison.Ordinal);

    public void Dispose()
    {
        _span?.Dispose();
        _sender.Dispose();
    }
}
