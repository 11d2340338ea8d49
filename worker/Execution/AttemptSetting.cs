using GpuScheduler.Worker.Checkpoints;

namespace GpuScheduler.Worker.Execution;

/// <summary>What this node adds to a dispatch: places, the node itself, where to resume.</summary>
/// <param name="Checkpoint">Null for a job without a checkpoint contract.</param>
/// <param name="EndTime">When the time limit will be reached; null without one.</param>
internal sealed record AttemptSetting(
    AttemptFolder Folder,
    NodeFacts Node,
    string WorkingDirectory,
    CheckpointStart? Checkpoint,
    DateTimeOffset? EndTime);
