using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Session;

internal sealed partial class SchedulerSession
{
    [LoggerMessage(5001, LogLevel.Information, "Connected to the scheduler as node {NodeId}, session {SessionId}")]
    private partial void LogConnected(string nodeId, string sessionId);

    [LoggerMessage(5002, LogLevel.Warning, "What ended jobs left in {Folder} can't be looked through; the next look is in an hour")]
    private partial void LogNotAsked(Exception error, string folder);
}
