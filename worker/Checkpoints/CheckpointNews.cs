using GpuScheduler.Protos.V1;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Checkpoints;

/// <summary>
/// Follows one attempt's manifest and reports what is new in it; of several lines found together the one furthest on.
/// It looks every half second instead of asking the kernel: checkpoint directories are often on NFS, where changes made
/// elsewhere raise no event, and a watch for each attempt would use up the user's few inotify instances.
/// </summary>
internal sealed partial class CheckpointNews(
    ManifestReader manifest, Func<Checkpoint, Task> report, TimeProvider time, ILogger logger)
{
    private readonly ILogger _logger = logger;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan IntervalWhileAwaited = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private volatile int _reported;

    /// <summary>Reads what is new and reports it.</summary>
    public async Task CheckAsync()
    {
        if (ReadNewest() is not { } newest)
            return;
        await report(ToWire(newest));
        _reported++;
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

    private CheckpointEntry? ReadNewest()
    {
        try
        {
            lock (_gate)
            {
                return manifest.ReadNew().MaxBy(entry => entry.Step);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(error);
            return null;
        }
    }

    private Checkpoint ToWire(CheckpointEntry entry) => new()
    {
        Step = entry.Step,
        Path = entry.RelativePath,
        Bytes = entry.Bytes ?? 0,
        Sha256 = entry.Sha256 ?? "",
        Time = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(time.GetUtcNow()),
    };
}
