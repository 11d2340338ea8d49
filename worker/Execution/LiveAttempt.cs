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

    /// <summary>A fault on the way is hardly one that stays; and an end that is never reported is worse than a process too many.</summary>
    private const int ClearingTries = 3;

    private readonly long _began;
    private readonly Dispatch _dispatch;
    private readonly AttemptServices _services;
    private readonly AttemptReporter _reports;
    private readonly AttemptFolder _folder;
    private readonly StepFence _fence;
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
        _fence = new(_folder.Key, logger);
        Supervisor = supervisor;
        Checkpoint = checkpoint;
        if (checkpoint is null)
            return;
        _news = new(_folder.Key, checkpoint.Manifest, reports.CheckpointAsync, services.Files, services.Time, logger);
        _ask = new(checkpoint.Directory, dispatch.Spec.Checkpoint.Signal, supervisor, services.Files, services.Time, logger);
    }

    public Supervisor Supervisor { get; }

    public CheckpointStart? Checkpoint { get; }

    /// <summary>The manifest is read from its beginning: what the earlier agent had reported isn't known, and twice does no harm.</summary>
    public static LiveAttempt Adopted(
        Dispatch dispatch, Supervisor supervisor, AttemptServices services, AttemptReporter reports, ILogger logger)
    {
        if (dispatch.Spec.Checkpoint is not { Enabled: true })
            return new(dispatch, supervisor, null, services, reports, logger);
        var directory = CheckpointFinder.DirectoryOf(services.Data, dispatch);
        return new(dispatch, supervisor, new CheckpointStart(directory, null, new(directory, logger)), services, reports, logger);
    }

    public void RequestCheckpoint(string why) => _ = _ask?.PlaceAsync(why);

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
        await ClearAsync(leave);
        await following.CancelAsync();
        await news.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_news is not null)
            await _fence.RunAsync("reading its last checkpoints", _news.FinishAsync, leave);
        return new(record, stop, await ReleaseAsync(leave));
    }

    private async Task ClearAsync(CancellationToken leave)
    {
        for (var tries = 0; tries < ClearingTries; tries++)
        {
            if (await _fence.RunAsync(
                "looking for what it left running", () => _services.Processes.ClearAsync(_folder, Supervisor, leave), leave))
                return;
        }
    }

    private async Task<AttemptUsage> ReleaseAsync(CancellationToken leave)
    {
        // One that ran for an instant has used nothing that is worth a wait.
        var patience = _services.Time.GetElapsedTime(_began) > WorthMeasuring ? SupervisorPatience : TimeSpan.Zero;
        var usage = new AttemptUsage(null, null);
        await _fence.RunAsync(
            "telling what it used", async () => usage = await _services.Processes.ReleaseAsync(Supervisor, patience, leave), leave);
        return usage;
    }

    private async Task StopAsync(StopAttempt stop, StopOrder order, Task<ExitRecord> exit, CancellationToken leave)
    {
        await _reports.StoppingAsync(stop.Cause);
        await new StopSequence(_folder, Supervisor, _services, _fence, _ask, _news).RunAsync(stop, order, exit, leave);
    }

    private Alarm? ArmTimeLimit(Action<StopAttempt> give)
    {
        if (WireSpan.From(_dispatch.TimeLimit) is not { } limit)
            return null;
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
        return new(_services.Time, left, () => give(stop));
    }
}
