namespace GpuScheduler.Worker.Checkpoints;

/// <summary>Where an attempt keeps its checkpoints and which one it begins from.</summary>
/// <param name="ResumeFrom">The newest valid one; null: from the beginning.</param>
/// <param name="ManifestLength">Bytes of the manifest that earlier attempts wrote: news starts behind them.</param>
internal sealed record CheckpointStart(string Directory, CheckpointEntry? ResumeFrom, long ManifestLength);
