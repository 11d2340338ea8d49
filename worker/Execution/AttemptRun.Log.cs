using GpuScheduler.Protos.V1;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Execution;

internal sealed partial class AttemptRun
{
    [LoggerMessage(1021, LogLevel.Information, "Job {JobId} attempt {Attempt} started, supervisor {Pid}")]
    private partial void LogStarted(string jobId, int attempt, int pid);

    [LoggerMessage(1022, LogLevel.Information, "Job {JobId} attempt {Attempt} taken up again, supervisor {Pid}")]
    private partial void LogAdopted(string jobId, int attempt, int pid);

    [LoggerMessage(1023, LogLevel.Information, "Job {JobId} attempt {Attempt} ended: {Cause}, status {ExitCode} {Message}")]
    private partial void LogEnded(string jobId, int attempt, EndCause cause, int exitCode, string message);

    [LoggerMessage(1024, LogLevel.Information, "Job {JobId} attempt {Attempt} is asked to stop: {Cause}, grace {GraceSeconds} s")]
    private partial void LogStopping(string jobId, int attempt, EndCause cause, double graceSeconds);

    [LoggerMessage(1025, LogLevel.Error, "Job {JobId} attempt {Attempt} could not be launched")]
    private partial void LogLaunchFailed(Exception error, string jobId, int attempt);

    [LoggerMessage(1026, LogLevel.Warning,
        "Job {JobId} attempt {Attempt}: the stop order could not be written down; a restarted agent would not know of it")]
    private partial void LogStopNotKept(Exception error, string jobId, int attempt);

    [LoggerMessage(1027, LogLevel.Warning,
        "Job {JobId} attempt {Attempt}: that its end is reported could not be written down; a restarted agent will report it again")]
    private partial void LogNotMarked(Exception error, string jobId, int attempt);
}
