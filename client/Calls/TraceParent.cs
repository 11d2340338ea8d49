using System.Diagnostics;
using GpuScheduler.Client.Terminal;
using Grpc.Core;

namespace GpuScheduler.Client.Calls;

/// <summary>What a call tells the scheduler of the trace that it belongs to (W3C trace context).</summary>
internal static class TraceParent
{
    /// <summary>By which tools hand a trace on to the programs that they start.</summary>
    public const string Variable = "TRACEPARENT";

    /// <summary>This command's own span, else its caller's; null: neither is traced.</summary>
    public static Metadata? Of(ClientContext context)
    {
        var known = Activity.Current?.Id ?? context.Variable(Variable);
        return ActivityContext.TryParse(known, null, out _) ? new Metadata { { "traceparent", known } } : null;
    }
}
