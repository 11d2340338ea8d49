using GpuScheduler.Common.Logs;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace GpuScheduler.Worker.Observability;

/// <summary>Console and a daily file in the data directory. Nothing logs environments: jobs keep secrets there.</summary>
internal static class WorkerLogging
{
    private const string Template = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {Message:lj}";
    private const int DaysKept = 14;
    private const long LargestFileBytes = 100L << 20;

    public static ILoggerFactory Create(WorkerHome home, LogEventLevel level) => new SerilogLoggerFactory(
        new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .WriteTo.Console(new LogLineFormatter(Template, traces: false))
            .WriteTo.File(
                new LogLineFormatter(Template, traces: true),
                Path.Combine(home.Logs, "worker-.log"),
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: DaysKept,
                fileSizeLimitBytes: LargestFileBytes,
                rollOnFileSizeLimit: true)
            .CreateLogger(),
        dispose: true);
}
