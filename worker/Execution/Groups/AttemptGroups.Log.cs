using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Execution.Groups;

internal sealed partial class AttemptGroups
{
    [LoggerMessage(1041, LogLevel.Information, "Attempts run in control groups below {Group}")]
    private partial void LogUsed(string group);

    [LoggerMessage(1042, LogLevel.Information, "Attempts run without control groups, held together by their sessions: {Why}")]
    private partial void LogNotUsed(string why);

    [LoggerMessage(
        1043, LogLevel.Warning, "Job {JobId} attempt {Attempt} and perhaps others run without a control group: it could not be made")]
    private partial void LogNotMade(Exception error, string jobId, int attempt);

    [LoggerMessage(1044, LogLevel.Information, "Job {JobId} attempt {Attempt} is over: its abandoned control group {Group} is removed")]
    private partial void LogAbandoned(string jobId, int attempt, string group);
}
