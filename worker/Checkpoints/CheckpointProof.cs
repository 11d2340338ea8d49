using System.Security.Cryptography;
using GpuScheduler.Worker.JobFiles;
using Microsoft.Win32.SafeHandles;

namespace GpuScheduler.Worker.Checkpoints;

/// <summary>
/// Finds out whether a checkpoint is whole: it lies in the directory, has the length and the hash that the manifest says. A link that
/// leads out of the directory is none, nor is a FIFO or a device: those have no end.
/// </summary>
/// <param name="directory">The checkpoint directory.</param>
/// <param name="time">Counts the time that hashes take.</param>
/// <param name="hashing">For all hashes of one launch together.</param>
internal sealed class CheckpointProof(string directory, TimeProvider time, TimeSpan hashing)
{
    private const int BlockBytes = 1 << 20;

    private readonly long _began = time.GetTimestamp();

    /// <returns>Null when it is whole.</returns>
    public string? FindProblem(CheckpointEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            return Find(entry, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"it can't be read: {error.Message}";
        }
    }

    /// <summary>A directory counts when it exists: what it holds is the framework's business.</summary>
    private string? Find(CheckpointEntry entry, CancellationToken cancellationToken)
    {
        using var found = JobFile.TryFind(entry.FullPath);
        using var folder = JobFile.TryFind(directory);
        if (found is null || folder is null)
            return "it isn't there";
        var facts = FileFacts.Of(found);
        if (!RealPath.IsInside(found, folder))
            return "a link leads out of the checkpoint directory";
        if (facts.IsDirectory)
            return null;
        if (!facts.IsRegular)
            return $"it is {facts.Kind}; allowed: a regular file or a directory";
        if (entry.Bytes is { } bytes && bytes != facts.Length)
            return $"it has {facts.Length} bytes instead of {bytes}";
        return entry.Sha256 is { } hash ? CompareHash(RealPath.Of(found), entry, hash, cancellationToken) : null;
    }

    private string? CompareHash(string path, CheckpointEntry entry, string expected, CancellationToken cancellationToken)
    {
        using var file = JobFile.TryOpen(path);
        if (file is null)
            return "it isn't there";
        // A checkpoint as long as its job says is too dear to be thrown away for a slow disk; an endless file says no length.
        if (Hash(file, cancellationToken) is not { } actual)
            return entry.Bytes is null ? $"its SHA-256 could not be worked out within {hashing.TotalMinutes} minutes" : null;
        return actual == expected ? null : "its SHA-256 differs from the manifest's";
    }

    /// <returns>Null when the time is over.</returns>
    private string? Hash(SafeFileHandle file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[BlockBytes];
        for (long position = 0; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(_began) > hashing)
                return null;
            var read = RandomAccess.Read(file, block, position);
            if (read <= 0)
                return Convert.ToHexStringLower(hash.GetHashAndReset());
            hash.AppendData(block, 0, read);
            position += read;
        }
    }
}
