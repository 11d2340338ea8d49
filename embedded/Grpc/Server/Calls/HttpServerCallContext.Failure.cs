using Grpc.Core;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Calls;

internal sealed partial class HttpServerCallContext
{
    private static readonly Status DeadlinePassed = new(StatusCode.DeadlineExceeded, "The call's deadline passed.");

    private bool _connectionLost;

    /// <summary>
    /// Remembers that a read failed because the client is gone: the token is cancelled only a moment later, and without it
    /// the exception would count as the handler's own.
    /// </summary>
    public bool LosesConnection(Exception ex) => _connectionLost |= ex is IOException or ConnectionAbortedException;

    /// <summary>Decides the status for an exception. What the handler says by an <see cref="RpcException"/> goes out as it is.</summary>
    public void Fail(Exception ex)
    {
        if (_deadline is { Passed: true })
        {
            Status = DeadlinePassed;
        }
        else if (ex is RpcException rpc)
        {
            Status = rpc.Status;
            foreach (var entry in rpc.Trailers)
                ResponseTrailers.Add(entry);
        }
        else if (_connectionLost || CancellationToken.IsCancellationRequested)
        {
            Status = new Status(StatusCode.Cancelled, "The client is gone.");
        }
        else
        {
            Status = new Status(StatusCode.Unknown, Describe(ex));
            LogHandlerFailed(ex, method);
            return;
        }

        LogCallFailed(ex, method, Status.StatusCode, Status.Detail);
    }

    private string Describe(Exception ex) => options.EnableDetailedErrors == true
        ? $"Exception was thrown by handler. {ex.GetType().Name}: {ex.Message}"
        : "Exception was thrown by handler.";

    [LoggerMessage(1, LogLevel.Error, "Handler of {Method} failed")]
    private partial void LogHandlerFailed(Exception exception, string method);

    [LoggerMessage(2, LogLevel.Debug, "Call of {Method} ended with {StatusCode}: {Detail}")]
    private partial void LogCallFailed(Exception exception, string method, StatusCode statusCode, string detail);

    [LoggerMessage(3, LogLevel.Debug, "The status of {Method} can't be sent after its deadline")]
    private partial void LogStatusNotSent(Exception exception, string method);
}
