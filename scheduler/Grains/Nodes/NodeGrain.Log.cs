using GpuScheduler.Grains.Messages;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Grains.Nodes;

public sealed partial class NodeGrain
{
    [LoggerMessage(1101, LogLevel.Information, "Node {NodeId} joined with session {Session}, attempts running there: {Attempts}")]
    private partial void LogJoined(string nodeId, string session, int attempts);

    [LoggerMessage(EventId = 1102, Message = "Node {NodeId} left session {Session}: {Why}")]
    private partial void LogLeft(LogLevel level, string nodeId, string session, string why);

    [LoggerMessage(1104, LogLevel.Warning, "A worker that says it is node {NodeId} was refused; it calls from {Peer}: {Why}")]
    private partial void LogRefused(string nodeId, string peer, string why);

    [LoggerMessage(1103, LogLevel.Information, "Session {Session} of node {NodeId} was ended: {Cause}")]
    private partial void LogEnded(string nodeId, string session, SessionEnd cause);

    [LoggerMessage(1106, LogLevel.Information, "The worker of node {NodeId} ends its attempts and stops, session {Session}")]
    private partial void LogStopping(string nodeId, string session);

    [LoggerMessage(1105, LogLevel.Warning, "Node {NodeId} says what can't be, and it is passed over: {Faults}")]
    private partial void LogReportRefused(string nodeId, string faults);
}
