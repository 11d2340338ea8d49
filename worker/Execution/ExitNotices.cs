using System.Collections.Concurrent;
using GpuScheduler.Worker.Execution.Native;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Execution;

/// <summary>
/// Tells when attempts have ended: at once by the bell (a file to which every supervisor adds its attempt's name), and by a
/// sweep every second that also sees bells missed and supervisors that were killed. Own attempts and re-adopted ones alike.
/// </summary>
internal sealed partial class ExitNotices : IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Watched> _watched = new(StringComparer.Ordinal);
    private readonly BellFile _bell;
    private readonly FileSystemWatcher _watcher;
    private readonly ITimer _sweep;
    private readonly ILogger<ExitNotices> _logger;

    public ExitNotices(DataDirectory data, TimeProvider time, ILogger<ExitNotices> logger)
    {
        _logger = logger;
        _bell = new(data.Bell);
        _watcher = new(data.Bells) { NotifyFilter = NotifyFilters.LastWrite };
        _watcher.Changed += (_, _) => Listen();
        _watcher.Error += (_, error) => LogBellsMissed(error.GetException());
        _watcher.EnableRaisingEvents = true;
        _sweep = time.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    /// <summary>Completes when the attempt's supervisor has recorded the exit, or is gone without having done so.</summary>
    public Task<ExitRecord> WatchAsync(AttemptFolder folder, ProcessStat supervisor)
    {
        var watched = new Watched(folder, supervisor, new(TaskCreationOptions.RunContinuationsAsynchronously));
        var name = folder.Key.ToString();
        _watched[name] = watched;
        // It may have ended before it was watched.
        Look(name);
        return watched.Exit.Task;
    }

    public void Dispose()
    {
        _sweep.Dispose();
        _watcher.Dispose();
        _bell.Dispose();
    }

    private void Listen()
    {
        try
        {
            foreach (var name in _bell.ReadNew())
                Look(name);
        }
        catch (IOException error)
        {
            LogBellsMissed(error);
        }
    }

    private void Sweep()
    {
        foreach (var name in _watched.Keys)
            Look(name);
    }

    private void Look(string name)
    {
        if (_watched.TryGetValue(name, out var watched)
            && Find(watched) is { } exit
            && _watched.TryRemove(KeyValuePair.Create(name, watched)))
            watched.Exit.SetResult(exit);
    }

    /// <summary>A supervisor that is gone without a record may have written it between the two looks: so a third one.</summary>
    private static ExitRecord? Find(Watched watched)
    {
        if (watched.Folder.ReadExit() is { } exit)
            return exit;
        return watched.Supervisor.IsAlive() ? null : watched.Folder.ReadExit() ?? ExitRecord.Unknown;
    }

    private sealed record Watched(AttemptFolder Folder, ProcessStat Supervisor, TaskCompletionSource<ExitRecord> Exit);
}
