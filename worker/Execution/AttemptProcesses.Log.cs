using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Execution;

internal sealed partial class AttemptProcesses
{
    [LoggerMessage(1011, LogLevel.Warning,
        "Job {JobId} attempt {Attempt}: processes {Pids} don't end although killed; its devices stay taken until they do")]
    private partial void LogNotDying(string jobId, int attempt, string pids);
}
