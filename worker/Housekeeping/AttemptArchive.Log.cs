using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Housekeeping;

internal sealed partial class AttemptArchive
{
    [LoggerMessage(4001, LogLevel.Warning, "The folder {Folder} of an ended attempt could not be removed")]
    private partial void LogNotRemoved(Exception error, string folder);

    [LoggerMessage(4002, LogLevel.Warning,
        "The disk has less free than its reserve (--disk-reserve): the output of {Count} attempts of completed jobs was removed, "
        + "the oldest first; the last was of job {JobId}")]
    private partial void LogRemovedForRoom(int count, string jobId);

    [LoggerMessage(4003, LogLevel.Information, "The output of {Count} attempts of completed jobs was removed after {Days:0.##} days")]
    private partial void LogRemovedForAge(int count, double days);
}
