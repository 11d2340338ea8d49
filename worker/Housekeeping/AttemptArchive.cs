using GpuScheduler.Worker.Execution;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Housekeeping;

/// <summary>
/// Keeps the folders of ended attempts for logs and questions, and removes the oldest when they are too old, too many or too
/// large. One whose end the scheduler hasn't acknowledged is never removed.
/// </summary>
internal sealed partial class AttemptArchive(
    ArchiveLimits limits, Func<IReadOnlyList<AttemptKey>> unacknowledged, TimeProvider time, ILogger<AttemptArchive> logger)
{
    private readonly ILogger<AttemptArchive> _logger = logger;
    private readonly Queue<Kept> _kept = new();
    private readonly Lock _gate = new();
    private long _bytes;

    public void Add(AttemptFolder folder)
    {
        var kept = new Kept(folder, folder.LastChange, OutputBytes(folder));
        lock (_gate)
        {
            _kept.Enqueue(kept);
            _bytes += kept.Bytes;
        }
    }

    /// <summary>Called now and then, and not with each attempt's end: hundreds of a second would get into each other's way.</summary>
    public void RemoveOld()
    {
        IReadOnlyList<AttemptKey>? needed = null;
        while (TakeOldest(ref needed) is { } folder)
            Remove(folder);
    }

    public void Remove(AttemptFolder folder)
    {
        try
        {
            folder.Delete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(error, folder.Path);
        }
    }

    private AttemptFolder? TakeOldest(ref IReadOnlyList<AttemptKey>? needed)
    {
        lock (_gate)
        {
            if (!_kept.TryPeek(out var oldest) || !IsTooMuch_NeedsLock(oldest))
                return null;
            needed ??= unacknowledged();
            if (needed.Contains(oldest.Folder.Key))
                return null;
            _kept.Dequeue();
            _bytes -= oldest.Bytes;
            return oldest.Folder;
        }
    }

    private bool IsTooMuch_NeedsLock(Kept oldest) =>
        _kept.Count > limits.Count || _bytes > limits.Bytes || time.GetUtcNow() - oldest.Since > limits.Age;

    private long OutputBytes(AttemptFolder folder) =>
        new[] { folder.StandardOutput, folder.StandardError }.Select(path => new FileInfo(path)).Sum(
            file => file.Exists ? Math.Min(file.Length, limits.LargestFile) : 0);

    private sealed record Kept(AttemptFolder Folder, DateTimeOffset Since, long Bytes);
}
