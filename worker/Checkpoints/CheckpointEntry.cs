namespace GpuScheduler.Worker.Checkpoints;

/// <summary>One finished checkpoint of a manifest.</summary>
/// <param name="RelativePath">Inside the checkpoint directory.</param>
/// <param name="Bytes">Null: the job didn't say.</param>
/// <param name="Sha256">Lower-case hex; null: the job didn't say.</param>
internal sealed record CheckpointEntry(long Step, string RelativePath, string FullPath, long? Bytes, string? Sha256)
{
    /// <summary>No file system takes a longer path.</summary>
    private const int LongestPath = 4096;

    /// <summary>Could be a path at all.</summary>
    public static bool IsPath(string text) => text.Length is > 0 and <= LongestPath && !text.Contains('\0', StringComparison.Ordinal);

    /// <returns>Null when the path, which <see cref="IsPath"/> has let through, leads out of the directory.</returns>
    public static CheckpointEntry? In(string directory, long step, string path, long? bytes, string? sha256)
    {
        var full = Path.GetFullPath(Path.Combine(directory, path));
        var relative = Path.GetRelativePath(directory, full);
        return relative is "." or ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? null
            : new(step, relative, full, bytes, string.IsNullOrEmpty(sha256) ? null : sha256.ToLowerInvariant());
    }
}
