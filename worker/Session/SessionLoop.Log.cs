using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Session;

internal sealed partial class SessionLoop
{
    [LoggerMessage(5021, LogLevel.Warning, "No session with the scheduler ({Reason}); next try in {DelaySeconds:0.0} s. Attempts go on")]
    private partial void LogRetry(string reason, double delaySeconds);

    [LoggerMessage(5022, LogLevel.Warning, "The session with the scheduler ended ({Reason}). Attempts go on")]
    private partial void LogLost(string reason);
}
