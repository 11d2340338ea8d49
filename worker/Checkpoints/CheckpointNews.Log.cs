using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Checkpoints;

internal sealed partial class CheckpointNews
{
    [LoggerMessage(3021, LogLevel.Warning, "Job {JobId} attempt {Attempt}: the checkpoint manifest can't be read: {Problem}")]
    private partial void LogUnreadable(Exception error, string jobId, int attempt, string problem);

    [LoggerMessage(3022, LogLevel.Warning,
        "Job {JobId} attempt {Attempt}: the checkpoint manifest has not answered for {Seconds} s (a file system that hangs?); "
        + "the attempt goes on without its news")]
    private partial void LogHangs(string jobId, int attempt, double seconds);
}
