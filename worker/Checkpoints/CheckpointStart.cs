namespace GpuScheduler.Worker.Checkpoints;

/// <summary>Where an attempt keeps its checkpoints and which one it begins from.</summary>
/// <param name="ResumeFrom">The newest valid one; null: from the beginning.</param>
/// <param name="Manifest">Has read what earlier attempts wrote: news start behind that.</param>
internal sealed record CheckpointStart(string Directory, CheckpointEntry? ResumeFrom, ManifestReader Manifest);
