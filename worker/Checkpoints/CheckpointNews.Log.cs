using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Checkpoints;

internal sealed partial class CheckpointNews
{
    [LoggerMessage(3021, LogLevel.Warning, "The checkpoint manifest can't be read for now")]
    private partial void LogUnreadable(Exception error);
}
