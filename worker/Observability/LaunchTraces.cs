using System.Diagnostics;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Observability;

/// <summary>The last part of a submission's trace: its process is started here. While no collector is named, no span is made.</summary>
internal static class LaunchTraces
{
    public static ActivitySource Source { get; } = new("GpuScheduler.Worker");

    /// <summary>Null where the submission isn't traced.</summary>
    public static Activity? Begin(Dispatch dispatch)
    {
        if (dispatch.Traceparent.Length == 0) return null;
        var span = Source.StartActivity("launch", ActivityKind.Consumer, dispatch.Traceparent);
        return span?.SetTag("gpusched.job", dispatch.JobId).SetTag("gpusched.attempt", dispatch.Attempt);
    }
}
