using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Housekeeping;

internal sealed partial class CheckpointFolders
{
    [LoggerMessage(4021, LogLevel.Information, "The checkpoints of job {JobId} are removed: it ended {Days:0.##} days ago")]
    private partial void LogRemoved(string jobId, double days);

    [LoggerMessage(4022, LogLevel.Warning, "The checkpoint folder {Folder} could not be removed")]
    private partial void LogNotRemoved(Exception error, string folder);

    [LoggerMessage(4023, LogLevel.Warning,
        "The disk has less free than its reserve (--disk-reserve): the checkpoints of job {JobId}, which completed {Days:0.##} days ago, "
        + "are removed: {Bytes} bytes in {Files} files and folders")]
    private partial void LogRemovedForRoom(string jobId, double days, long bytes, long files);
}
