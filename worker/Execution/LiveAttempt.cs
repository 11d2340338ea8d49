using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Checkpoints;
using GpuScheduler.Worker.Execution.Native;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Execution;

/// <summary>An attempt whose supervisor has been started: watches it, ends it, and lets go only when nothing of it is left.</summary>
internal sealed class LiveAttempt
{
    private static readonly TimeSpan WorthMeasuring = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SupervisorPatience = TimeSpan.FromMilliseconds(100);

    private readonly long _began;
    private readonly Dispatch _dispatch;
    private readonly AttemptServices _services;
    private readonly AttemptReporter _reports;
    private readonly AttemptFolder _folder;
    private readonly CheckpointAsk? _ask;
    private readonly CheckpointNews? _news;

    public LiveAttempt(
        Dispatch dispatch, Supervisor supervisor, CheckpointStart? checkpoint, AttemptServices services, AttemptReporter reports,
        ILogger logger)
    {
        _dispatch = dispatch;
        _services = services;
        _began = services.Time.GetTimestamp();
        _reports = reports;
        _folder = services.Data.Attempt(new(dispatch.JobId, dispatch.Attempt));
        Supervisor = supervisor;
        Checkpoint = checkpoint;
        if (checkpoint is null)
            return;
        var manifest = new ManifestReader(checkpoint.Directory, logger, checkpoint.ManifestLength);
        _news = new(manifest, reports.CheckpointAsync, services.Time, logger);
        _ask = new(checkpoint.Directory, dispatch.Spec.Checkpoint.Signal, supervisor, logger);
    }

    public Supervisor Supervisor { get; }

    public CheckpointStart? Checkpoint { get; }

    /// <summary>The manifest is read from its beginning: what the earlier agent had reported isn't known, and twice does no harm.</summary>
    public static LiveAttempt Adopted(
        Dispatch dispatch, Supervisor supervisor, AttemptServices services, AttemptReporter reports, ILogger logger)
    {
        var checkpoint = dispatch.Spec.Checkpoint is { Enabled: true }
            ? new CheckpointStart(CheckpointFinder.DirectoryOf(services.Data, dispatch), null, 0)
            : null;
        return new(dispatch, supervisor, checkpoint, services, reports, logger);
    }

    public void RequestCheckpoint(string why) => _ask?.Place(why);

    /// <summary>Returns once no process is left.</summary>
    /// <param name="give">Gives the order when the time limit is reached.</param>
    public async Task<FollowedAttempt> FollowAsync(StopOrder order, Action<StopAttempt> give, CancellationToken leave)
    {
        using var following = CancellationTokenSource.CreateLinkedTokenSource(leave);
        using var limit = ArmTimeLimit(give);
        var news = _news?.FollowAsync(following.Token) ?? Task.CompletedTask;
        var orderedBefore = order.Given.IsCompleted;
        var exit = _services.Exits.WatchAsync(_folder, Supervisor.Process);
        await Task.WhenAny(exit, order.Given).WaitAsync(leave);
        // An exit recorded before the order could be carried out is the job's own.
        var byItself = !orderedBefore && (exit.IsCompleted || _folder.ReadExit() is not null);
        var stop = byItself ? null : await order.Given;
        if (stop is not null && !exit.IsCompleted)
            await StopAsync(stop, order, exit, leave);
        var record = await exit.WaitAsync(leave);
        await _services.Processes.ClearAsync(_folder, Supervisor, leave);
        await following.CancelAsync();
        await news.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_news is not null)
            await _news.CheckAsync();
        // One that ran for an instant has used nothing that is worth a wait.
        var patience = _services.Time.GetElapsedTime(_began) > WorthMeasuring ? SupervisorPatience : TimeSpan.Zero;
        return new(record, stop, await _services.Processes.ReleaseAsync(Supervisor, patience, leave));
    }

    private async Task StopAsync(StopAttempt stop, StopOrder order, Task<ExitRecord> exit, CancellationToken leave)
    {
        await _reports.StoppingAsync(stop.Cause);
        await new StopSequence(_folder, Supervisor, _services, _ask, _news).RunAsync(stop, order, exit, leave);
    }

    private ITimer? ArmTimeLimit(Action<StopAttempt> give)
    {
        if (_dispatch.TimeLimit is not { } given)
            return null;
        var limit = given.ToTimeSpan();
        var left = limit - ProcFs.Age(Supervisor.Process);
        var stop = new StopAttempt
        {
            JobId = _dispatch.JobId,
            Attempt = _dispatch.Attempt,
            Cause = EndCause.TimeLimit,
            CheckpointFirst = true,
            Grace = _dispatch.Grace,
            Message = $"time limit of {limit:c} reached",
        };
        return _services.Time.CreateTimer(
            _ => give(stop), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
