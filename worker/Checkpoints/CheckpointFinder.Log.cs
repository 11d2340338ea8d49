using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Checkpoints;

internal sealed partial class CheckpointFinder
{
    [LoggerMessage(3011, LogLevel.Warning, "Checkpoint {Checkpoint} of step {Step} isn't valid: {Problem}; trying the one before")]
    private partial void LogNotValid(string checkpoint, long step, string problem);

    [LoggerMessage(3012, LogLevel.Warning,
        "Job {JobId} attempt {Attempt} had reached step {ToldStep}, but that checkpoint isn't valid on this node "
        + "(storage not shared, or damaged): it starts from {Step}")]
    private partial void LogNewestNotHere(string jobId, int attempt, long toldStep, string step);

    [LoggerMessage(3013, LogLevel.Information, "Job {JobId} attempt {Attempt} resumes from step {Step}")]
    private partial void LogResuming(string jobId, int attempt, long step);

    [LoggerMessage(3014, LogLevel.Warning, "{Count} more checkpoints in {Directory} aren't valid")]
    private partial void LogMoreNotValid(int count, string directory);

    [LoggerMessage(3015, LogLevel.Warning, "What an earlier attempt left in {Directory} can't be read; the job starts without it")]
    private partial void LogUnreadable(Exception error, string directory);
}
