using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Execution;

internal sealed partial class ExitNotices
{
    [LoggerMessage(1001, LogLevel.Warning, "Exit notices were missed; the next sweep finds them")]
    private partial void LogBellsMissed(Exception error);
}
