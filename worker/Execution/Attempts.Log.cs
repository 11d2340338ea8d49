using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Execution;

internal sealed partial class Attempts
{
    [LoggerMessage(1031, LogLevel.Warning, "Job {JobId} attempt {Attempt} is not started: {Why}")]
    private partial void LogRefused(string jobId, int attempt, string why);

    [LoggerMessage(1032, LogLevel.Error, "Job {JobId} attempt {Attempt}: the worker failed to follow it")]
    private partial void LogBroken(Exception error, string jobId, int attempt);

    [LoggerMessage(1033, LogLevel.Warning, "Job {JobId} attempt {Attempt} had not begun when an earlier agent died: its folder is removed")]
    private partial void LogNeverBegun(string jobId, int attempt);
}
