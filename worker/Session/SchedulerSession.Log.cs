using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Session;

internal sealed partial class SchedulerSession
{
    [LoggerMessage(5001, LogLevel.Information, "Connected to the scheduler as node {NodeId}, session {SessionId}")]
    private partial void LogConnected(string nodeId, string sessionId);
}
