using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Reports;

internal sealed partial class Outbox
{
    [LoggerMessage(2001, LogLevel.Error,
        "The outbox can't be written: reports are in memory only until the disk takes them or the scheduler acknowledges them")]
    private partial void LogNotOnDisk(Exception error);

    [LoggerMessage(2002, LogLevel.Information, "The outbox is on disk again, whole")]
    private partial void LogOnDiskAgain();

    [LoggerMessage(2003, LogLevel.Warning, "Acknowledged reports could not be cleared away yet")]
    private partial void LogNotTidied(Exception error);
}
