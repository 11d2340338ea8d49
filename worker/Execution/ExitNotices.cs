using System.Collections.Concurrent;
using GpuScheduler.Worker.Execution.Native;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Execution;

/// <summary>
/// Tells when attempts have ended: at once by the bell that a supervisor rings (a file it creates), and by a sweep every
/// second that also sees bells missed and supervisors that were killed. The agent's own attempts and re-adopted ones alike.
/// </summary>
internal sealed partial class ExitNotices : IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Watched> _watched = new(StringComparer.Ordinal);
    private readonly FileSystemWatcher _bells;
    private readonly ITimer _sweep;
    private readonly ILogger<ExitNotices> _logger;

    public ExitNotices(DataDirectory data, TimeProvider time, ILogger<ExitNotices> logger)
    {
        _logger = logger;
        _bells = new FileSystemWatcher(data.Bells) { NotifyFilter = NotifyFilters.FileName };
        _bells.Created += (_, bell) => Look(bell.FullPath);
        _bells.Error += (_, error) => LogBellsMissed(error.GetException());
        _bells.EnableRaisingEvents = true;
        _sweep = time.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    /// <summary>Completes when the attempt's supervisor has recorded the exit, or is gone without having done so.</summary>
    public Task<ExitRecord> WatchAsync(AttemptFolder folder, ProcessStat supervisor)
    {
        var watched = new Watched(folder, supervisor, new(TaskCreationOptions.RunContinuationsAsynchronously));
        _watched[folder.Bell] = watched;
        // It may have ended before it was watched.
        if (File.Exists(folder.Bell) || !supervisor.IsAlive())
            Look(folder.Bell);
        return watched.Exit.Task;
    }

    public void Dispose()
    {
        _sweep.Dispose();
        _bells.Dispose();
    }

    private void Sweep()
    {
        foreach (var bell in _watched.Keys)
            Look(bell);
    }

    /// <summary>Asks first whether the supervisor lives, then for its record: the other way round a record could slip between.</summary>
    private void Look(string bell)
    {
        if (!_watched.TryGetValue(bell, out var watched))
            return;
        var gone = !watched.Supervisor.IsAlive();
        if ((watched.Folder.ReadExit() ?? (gone ? ExitRecord.Unknown : null)) is { } exit
            && _watched.TryRemove(KeyValuePair.Create(bell, watched)))
        {
            watched.Folder.SilenceBell();
            watched.Exit.SetResult(exit);
        }
    }

    private sealed record Watched(AttemptFolder Folder, ProcessStat Supervisor, TaskCompletionSource<ExitRecord> Exit);
}
