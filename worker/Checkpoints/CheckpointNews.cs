using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.JobFiles;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Checkpoints;

/// <summary>
/// Follows one attempt's manifest and reports what is new in it; of several lines found together the one furthest on.
/// It looks every half second instead of asking the kernel: checkpoint directories are often on NFS, where changes made
/// elsewhere raise no event, and a watch for each attempt would use up the user's few inotify instances.
/// Whatever the job did to its manifest, a look ends within seconds and throws nothing: the attempt's end doesn't depend on it.
/// </summary>
internal sealed partial class CheckpointNews(
    AttemptKey key, ManifestReader manifest, Func<Checkpoint, Task> report, JobFileThreads files, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan IntervalWhileAwaited = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = logger;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private Task _look = Task.CompletedTask;
    private bool _hangs;
    private volatile int _reported;

    /// <summary>Reads what is new and reports it. Begins after the look that another caller may have begun.</summary>
    public async Task CheckAsync()
    {
        var look = Begin();
        try
        {
            await look.WaitAsync(Patience, time);
            _hangs = false;
        }
        catch (TimeoutException)
        {
            _hangs = true;
            if (_told.Add(nameof(LogHangs)))
                LogHangs(key.JobId, key.Attempt, Patience.TotalSeconds);
        }
    }

    /// <summary>The last one, at the attempt's end.</summary>
    public async Task FinishAsync()
    {
        await CheckAsync();
        if (_look.IsCompleted)
            manifest.TellCounts();
    }

    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Interval, time, cancellationToken);
            await CheckAsync();
        }
    }

    /// <summary>Completes with the next checkpoint, looking more often than usual.</summary>
    public async Task WaitForNextAsync(CancellationToken cancellationToken)
    {
        for (var before = _reported; before == _reported; await CheckAsync())
            await Task.Delay(IntervalWhileAwaited, time, cancellationToken);
    }

    private Task Begin()
    {
        lock (_gate)
        {
            return _hangs && !_look.IsCompleted ? _look : _look = LookAsync(_look);
        }
    }

    private async Task LookAsync(Task before)
    {
        await before;
        try
        {
            if (await files.RunAsync(() => manifest.ReadNew().MaxBy(entry => entry.Step)) is not { } newest)
                return;
            await report(ToWire(newest));
            _reported++;
        }
        catch (Exception error)
        {
            if (_told.Add(error.GetType().Name))
                LogUnreadable(error, key.JobId, key.Attempt, error.Message);
        }
    }

    private static Checkpoint ToWire(CheckpointEntry entry) => new()
    {
        Step = entry.Step,
        Path = entry.RelativePath,
        Bytes = entry.Bytes ?? 0,
        Sha256 = entry.Sha256 ?? "",
    };
}
