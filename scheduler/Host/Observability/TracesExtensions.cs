using System.Diagnostics;
using GpuScheduler.Grains.Observability;
using OpenTelemetry.Trace;

namespace GpuScheduler.Host.Observability;

/// <summary>Traces of calls, for a collector. Where none is named, nothing listens and no call is traced.</summary>
internal static class TracesExtensions
{
    private const string OfServer = "Microsoft.AspNetCore";

    /// <summary>Calls that programs repeat all day: their spans would fill a collector and tell an admin nothing.</summary>
    private static readonly string[] s_untraced = ["/metrics", "/healthz", "/grpc.health.v1.Health", "/gpuscheduler.v1.WorkersService"];

    public static TracerProviderBuilder AddPoolTraces(this TracerProviderBuilder traces) =>
        traces.AddSource(OfServer, PoolTracing.SourceName).AddOtlpExporter();

    /// <summary>Names each call's span by the call, as the server itself doesn't.</summary>
    public static void UseTraces(this WebApplication app) => app.Use((context, next) =>
    {
        if (Activity.Current is { } span) Describe(span, context.Request.Path);
        return next(context);
    });

    private static void Describe(Activity span, PathString path)
    {
        if (s_untraced.Any(one => path.StartsWithSegments(one))) span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        else span.DisplayName = NameOf(path.Value ?? "");
    }

    /// <summary>A call's name without its package: <c>JobsService/SubmitJob</c>.</summary>
    private static string NameOf(string path) => path[(path.LastIndexOf('.') + 1)..];
}
