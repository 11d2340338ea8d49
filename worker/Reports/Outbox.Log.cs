using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Reports;

internal sealed partial class Outbox
{
    [LoggerMessage(2001, LogLevel.Error,
        "The outbox can't be written: {Count} reports are in memory only until the scheduler acknowledges them")]
    private partial void LogNotOnDisk(Exception error, int count);
}
