using GpuScheduler.Protos.V1;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Session;

internal sealed partial class OrderDesk
{
    [LoggerMessage(5011, LogLevel.Warning, "A message of the scheduler was ignored: {Kind}")]
    private partial void LogIgnored(ConnectResponse.MessageOneofCase kind);
}
