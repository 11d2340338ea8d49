namespace GpuScheduler.Worker.Checkpoints;

/// <summary>One finished checkpoint of a manifest.</summary>
/// <param name="RelativePath">Inside the checkpoint directory.</param>
/// <param name="Bytes">Null: the job didn't say.</param>
/// <param name="Sha256">Lower-case hex; null: the job didn't say.</param>
internal sealed record CheckpointEntry(long Step, string RelativePath, string FullPath, long? Bytes, string? Sha256);
