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
    private readonly DataDirectory _data;
    private readonly Lock _gate = new();
    private readonly ITimer _sweep;
    private readonly ILogger<ExitNotices> _logger;
    private Bell _bell;
    private bool _isOver;

    public ExitNotices(DataDirectory data, TimeProvider time, ILogger<ExitNotices> logger)
    {
        (_data, _logger) = (data, logger);
        _bell = Hang();
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
        lock (_gate)
        {
            _isOver = true;
            _bell.Dispose();
        }
    }

    private Bell Hang()
    {
        Directory.CreateDirectory(_data.Bells);
        var file = new BellFile(_data.Bell);
        var watcher = new FileSystemWatcher(_data.Bells) { NotifyFilter = NotifyFilters.LastWrite };
        watcher.Changed += (_, _) => Listen(file);
        watcher.Error += (_, error) => LogBellsMissed(error.GetException());
        watcher.EnableRaisingEvents = true;
        return new(file, watcher);
    }

    private void Listen(BellFile file)
    {
        try
        {
            foreach (var name in file.ReadNew())
                Look(name);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            LogBellsMissed(error);
        }
    }

    /// <summary>Someone has removed it: supervisors would add to a file that nothing watches.</summary>
    private void HangAnew()
    {
        try
        {
            lock (_gate)
            {
                if (_isOver || File.Exists(_data.Bell))
                    return;
                var old = _bell;
                _bell = Hang();
                old.Dispose();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogBellsMissed(error);
        }
    }

    private void Sweep()
    {
        if (!File.Exists(_data.Bell))
            HangAnew();
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

    private sealed record Bell(BellFile File, FileSystemWatcher Watcher) : IDisposable
    {
        public void Dispose()
        {
            Watcher.Dispose();
            File.Dispose();
        }
    }

    private sealed record Watched(AttemptFolder Folder, ProcessStat Supervisor, TaskCompletionSource<ExitRecord> Exit);
}
