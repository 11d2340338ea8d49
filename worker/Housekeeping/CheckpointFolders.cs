using System.Collections.Concurrent;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.JobFiles;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Housekeeping;

/// <summary>
/// Removes checkpoints that this worker keeps for jobs which ended long ago. Only the scheduler knows that a job will not be
/// tried again, so it is asked; what it doesn't call ended stays. Those of a completed job, often the trained model itself, stay as long
/// as the scheduler keeps history, or until the disk's reserve is reached. Directories that a job names are its own and stay too.
/// </summary>
/// <param name="keep">After the end of a job that didn't complete, and the least for one that did; null: for ever.</param>
internal sealed partial class CheckpointFolders(
    TimeSpan? keep, Retention retention, DiskReserve disk, DataDirectory data, Func<IReadOnlyList<AttemptKey>> running,
    JobFileThreads files, TimeProvider time, ILogger<CheckpointFolders> logger)
{
    /// <summary>Jobs in one question.</summary>
    private const int Batch = 500;

    /// <summary>A folder is renamed before its content goes, so that a new attempt of the job never finds half of it.</summary>
    private const string Doomed = ".removed-";

    private readonly ILogger<CheckpointFolders> _logger = logger;

    /// <summary>Of what was asked about while room was short.</summary>
    private readonly ConcurrentDictionary<string, DiskRoom> _sizes = new(StringComparer.Ordinal);

    /// <summary>Then it is worth asking more often.</summary>
    public bool IsRoomShort => disk.IsShort;

    /// <summary>
    /// Which jobs to ask about: one whose folder changed later than that can't have ended as long ago. Also removes what
    /// an earlier agent had begun to.
    /// </summary>
    public IEnumerable<KeptJobs> Questions()
    {
        if (keep is null)
            return [];
        var folders = Directory.CreateDirectory(data.Checkpoints).GetDirectories();
        foreach (var doomed in folders.Where(folder => folder.Name.StartsWith(Doomed, StringComparison.Ordinal)))
            Remove(doomed.FullName);
        var old = folders
            .Where(folder => new AttemptKey(folder.Name, 1).IsWellFormed && time.GetUtcNow() - folder.LastWriteTimeUtc >= keep).ToList();
        _sizes.Clear();
        if (disk.IsShort)
            old.ForEach(folder => _sizes[folder.Name] = FolderSize.Of(folder));
        return old.Select(folder => folder.Name).Order(StringComparer.Ordinal)
            .Chunk(Batch).Select(jobs => new KeptJobs { JobIds = { jobs } });
    }

    /// <summary>Takes the answer. Called between two orders, so no attempt of these jobs can begin meanwhile.</summary>
    public void Take(EndedJobs answer)
    {
        var busy = running().Select(key => key.JobId).ToHashSet(StringComparer.Ordinal);
        var old = answer.Jobs.Where(job => WireSpan.From(job.EndedFor) >= keep && !busy.Contains(job.JobId)
            && new AttemptKey(job.JobId, 1).IsWellFormed).OrderByDescending(job => WireSpan.From(job.EndedFor)).ToList();
        foreach (var job in old.Where(IsOver))
            Discard(job.JobId, () => LogRemoved(job.JobId, Days(job)));
        var missing = disk.Missing();
        foreach (var job in old.Where(job => !IsOver(job) && _sizes.ContainsKey(job.JobId)))
        {
            if (!missing.IsShort)
                return;
            var size = _sizes[job.JobId];
            Discard(job.JobId, () => LogRemovedForRoom(job.JobId, Days(job), size.Bytes, size.Files));
            missing -= size;
        }
    }

    private bool IsOver(EndedJob job) => !job.Completed || WireSpan.From(job.EndedFor) >= retention.OfCompleted;

    private static double Days(EndedJob job) => WireSpan.From(job.EndedFor)!.Value.TotalDays;

    private void Discard(string job, Action tell)
    {
        var (folder, doomed) = (Path.Combine(data.Checkpoints, job), Path.Combine(data.Checkpoints, Doomed + job));
        try
        {
            if (!Directory.Exists(folder))
                return;
            Directory.Move(folder, doomed);
            tell();
            // Large ones take their time; the session must go on.
            _ = files.RunAsync(() => Remove(doomed));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(error, folder);
        }
    }

    private void Remove(string folder)
    {
        try
        {
            FolderRemoval.Remove(folder);
        }
        catch (DirectoryNotFoundException)
        {
            // The job itself was faster.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(error, folder);
        }
    }
}
