using GpuScheduler.Protos.V1;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Session;

internal sealed partial class OrderDesk
{
    [LoggerMessage(5011, LogLevel.Warning, "A message of the scheduler was ignored: {Kind}")]
    private partial void LogIgnored(ConnectResponse.MessageOneofCase kind);

    [LoggerMessage(5012, LogLevel.Error, "A message of the scheduler could not be carried out: {Kind}")]
    private partial void LogFailed(Exception error, ConnectResponse.MessageOneofCase kind);
}
