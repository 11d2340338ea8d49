using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Housekeeping;

/// <summary>
/// Removes checkpoints that this worker keeps for jobs which ended long ago. Only the scheduler knows that a job will not be
/// tried again, so it is asked; what it doesn't call ended stays. Directories that a job names are its own and stay too.
/// </summary>
/// <param name="keep">After the job's end; null: for ever.</param>
internal sealed partial class CheckpointFolders(
    TimeSpan? keep, DataDirectory data, Func<IReadOnlyList<AttemptKey>> running, TimeProvider time, ILogger<CheckpointFolders> logger)
{
    /// <summary>Jobs in one question.</summary>
    private const int Batch = 500;

    /// <summary>A folder is renamed before its content goes, so that a new attempt of the job never finds half of it.</summary>
    private const string Doomed = ".removed-";

    private readonly ILogger<CheckpointFolders> _logger = logger;

    /// <summary>
    /// Which jobs to ask about: one whose folder changed later than that can't have ended as long ago. Also removes what
    /// an earlier agent had begun to.
    /// </summary>
    public IEnumerable<KeptJobs> Questions()
    {
        if (keep is null)
            return [];
        var folders = new DirectoryInfo(data.Checkpoints).GetDirectories();
        foreach (var doomed in folders.Where(folder => folder.Name.StartsWith(Doomed, StringComparison.Ordinal)))
            Remove(doomed.FullName);
        return folders
            .Where(folder => new AttemptKey(folder.Name, 1).IsWellFormed && time.GetUtcNow() - folder.LastWriteTimeUtc >= keep)
            .Select(folder => folder.Name).Order(StringComparer.Ordinal)
            .Chunk(Batch).Select(jobs => new KeptJobs { JobIds = { jobs } });
    }

    /// <summary>Takes the answer. Called between two orders, so no attempt of these jobs can begin meanwhile.</summary>
    public void Take(EndedJobs answer)
    {
        var busy = running().Select(key => key.JobId).ToHashSet(StringComparer.Ordinal);
        foreach (var job in answer.Jobs.Where(job => job.EndedFor?.ToTimeSpan() >= keep && new AttemptKey(job.JobId, 1).IsWellFormed))
        {
            if (!busy.Contains(job.JobId))
                Discard(job.JobId);
        }
    }

    private void Discard(string job)
    {
        var (folder, doomed) = (Path.Combine(data.Checkpoints, job), Path.Combine(data.Checkpoints, Doomed + job));
        try
        {
            if (!Directory.Exists(folder))
                return;
            Directory.Move(folder, doomed);
            LogRemoved(job, keep!.Value.TotalDays);
            // Large ones take their time; the session must go on.
            _ = Task.Run(() => Remove(doomed));
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
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody was faster.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(error, folder);
        }
    }
}
