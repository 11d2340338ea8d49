using GpuScheduler.Worker.Execution;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Housekeeping;

/// <summary>
/// Keeps the folders of ended attempts for logs and questions, and removes the oldest when they are too old, too many or too
/// large. The output of a job that completed is what it was run for: it stays as long as the scheduler keeps history, or until
/// the disk's reserve is reached. One whose end the scheduler hasn't acknowledged is never removed.
/// </summary>
internal sealed partial class AttemptArchive(
    ArchiveLimits limits, Retention retention, DiskReserve disk, Func<IReadOnlyList<AttemptKey>> unacknowledged, TimeProvider time,
    ILogger<AttemptArchive> logger)
{
    private readonly ILogger<AttemptArchive> _logger = logger;
    private readonly AttemptShelf _completed = new();
    private readonly AttemptShelf _others = new();
    private readonly Lock _gate = new();
    private readonly Lock _removing = new();

    public void Add(AttemptFolder folder)
    {
        var kept = new KeptAttempt(folder, folder.LastChange, OutputBytes(folder));
        var shelf = HasCompleted(folder) && HasOutput(kept) ? _completed : _others;
        lock (_gate)
        {
            shelf.Add(kept);
        }
    }

    /// <summary>Called now and then, and not with each attempt's end: hundreds of a second would get into each other's way.</summary>
    public void RemoveOld()
    {
        // One that takes longer than the time between two isn't doubled.
        if (!_removing.TryEnter())
            return;
        try
        {
            var needed = new Lazy<IReadOnlyList<AttemptKey>>(unacknowledged);
            while (Take(_others, needed, IsTooMuch_NeedsLock) is { } old)
                Remove(old.Folder);
            RemoveCompleted(needed);
        }
        finally
        {
            _removing.Exit();
        }
    }

    public void Remove(AttemptFolder folder)
    {
        try
        {
            folder.Delete();
        }
        catch (DirectoryNotFoundException)
        {
            // The job itself was faster.
        }
        catch (Exception error)
        {
            LogNotRemoved(error, folder.Path);
        }
    }

    private void RemoveCompleted(Lazy<IReadOnlyList<AttemptKey>> needed)
    {
        var (old, crowding, last) = (0, 0, "");
        for (; Take(_completed, needed, IsTooOld) is { } kept; old++)
            Remove(kept.Folder);
        for (; Take(_completed, needed, IsInTheWay_NeedsLock) is { } kept; crowding++)
        {
            Remove(kept.Folder);
            last = kept.Folder.Key.JobId;
        }

        if (old > 0)
            LogRemovedForAge(old, retention.OfCompleted!.Value.TotalDays);
        if (crowding > 0)
            LogRemovedForRoom(crowding, last);
    }

    private KeptAttempt? Take(AttemptShelf shelf, Lazy<IReadOnlyList<AttemptKey>> needed, Func<KeptAttempt, bool> mayGo)
    {
        lock (_gate)
        {
            return shelf.TakeOldest(kept => mayGo(kept) && !needed.Value.Contains(kept.Folder.Key));
        }
    }

    private bool IsTooMuch_NeedsLock(KeptAttempt oldest) =>
        _others.Count > limits.Count || _others.Bytes > limits.Bytes || AgeOf(oldest) > limits.Age;

    private bool IsTooOld(KeptAttempt oldest) => AgeOf(oldest) > retention.OfCompleted;

    /// <summary>Whatever else fills the disk: what is young stays, unless it is itself too much.</summary>
    private bool IsInTheWay_NeedsLock(KeptAttempt oldest) =>
        _completed.Count > limits.CompletedCount
        || ((AgeOf(oldest) > limits.Age || _completed.Bytes > limits.Bytes) && disk.IsShort);

    private TimeSpan AgeOf(KeptAttempt kept) => time.GetUtcNow() - kept.Since;

    /// <summary>It ended by itself and well: no order to stop it, and exit status 0.</summary>
    private static bool HasCompleted(AttemptFolder folder) =>
        folder.ReadExit() is { Kind: ExitKind.Exited, Code: 0 } && folder.ReadStop() is null;

    private static bool HasOutput(KeptAttempt kept) => kept.Bytes > 0
        || (Directory.Exists(kept.Folder.Work) && Directory.EnumerateFileSystemEntries(kept.Folder.Work).Any());

    private long OutputBytes(AttemptFolder folder) =>
        new[] { folder.StandardOutput, folder.StandardError }.Select(path => new FileInfo(path)).Sum(
            file => file.Exists ? Math.Min(file.Length, limits.LargestFile) : 0);
}
