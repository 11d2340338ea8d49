using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Housekeeping;

internal sealed partial class AttemptArchive
{
    [LoggerMessage(4001, LogLevel.Warning, "The folder {Folder} of an ended attempt could not be removed")]
    private partial void LogNotRemoved(Exception error, string folder);
}
