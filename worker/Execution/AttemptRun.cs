using System.ComponentModel;
using System.Diagnostics;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.Observability;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Execution;

/// <summary>
/// One attempt from dispatch to the report of its end, read from top to bottom: launch or take up again, follow, stop when
/// told to, clear what it left behind, report. The agent may leave at any await; a later one takes it up from its folder.
/// </summary>
internal sealed partial class AttemptRun : IDisposable
{
    private readonly AttemptServices _services;
    private readonly AttemptReporter _reports;
    private readonly StopOrder _order;
    private readonly ILogger<AttemptRun> _logger;
    private readonly long _oomKillsBefore;
    private LiveAttempt? _live;

    public AttemptRun(Dispatch dispatch, AttemptServices services)
    {
        _services = services;
        _oomKillsBefore = services.OutOfMemory.AtStart();
        Dispatch = dispatch;
        Key = new(dispatch.JobId, dispatch.Attempt);
        Folder = services.Data.Attempt(Key);
        dispatch.Began ??= AttemptClock.Mark(services.Time);
        _reports = new(Key, services.Reports, new(dispatch.Began, services.Time));
        _order = new(services.Time);
        _logger = services.Logging.CreateLogger<AttemptRun>();
    }

    public AttemptKey Key { get; }

    public Dispatch Dispatch { get; }

    /// <summary>The scheduler hears of its end, sooner or later.</summary>
    public bool IsEndReported { get; private set; }

    public AttemptFolder Folder { get; }

    /// <summary>Launches it and follows it to its end.</summary>
    public async Task StartAsync(CancellationToken leave)
    {
        var ended = await LaunchTracedAsync(leave) is { } failed ? failed : await FollowAsync(leave);
        await ReportEndAsync(ended);
    }

    /// <summary>Takes up one that an earlier agent launched and whose supervisor may still live.</summary>
    public async Task AdoptAsync(ProcessStat supervisor, CancellationToken leave)
    {
        _live = LiveAttempt.Adopted(
            Dispatch, new(supervisor, LaunchedHere: false, _services.Groups.Find(Key)), _services, _reports, _logger);
        LogAdopted(Key.JobId, Key.Attempt, supervisor.Pid);
        await ReportStartedAsync(_live);
        if (Folder.ReadStop() is { } stop)
            _order.Give(stop.Order, stop.KillAt - ProcFs.Uptime());
        await ReportEndAsync(await FollowAsync(leave));
    }

    /// <summary>An earlier agent died before its supervisor was seen: should that start yet, its control group is gone by then.</summary>
    public Task AbandonAsync(AttemptEnded ended)
    {
        _services.Groups.Abandon(Key);
        return ReportEndAsync(ended);
    }

    /// <summary>It can't be taken up again: only its end remains to be told.</summary>
    public async Task ReportEndAsync(AttemptEnded ended)
    {
        // Not on disk, the end must be found in the folder again by an agent that comes after this one.
        var isKept = await _reports.EndedAsync(ended);
        IsEndReported = true;
        LogEnded(Key.JobId, Key.Attempt, ended.Cause, ended.ExitCode, ended.Message);
        if (isKept)
            MarkReported();
    }

    /// <summary>
    /// Following it failed in a way that nothing foresaw: whatever is left of it goes, and its end is reported all the same.
    /// </summary>
    public async Task EndBrokenAsync(Exception fault, CancellationToken leave)
    {
        if (IsEndReported)
            return;
        var supervisor = _live?.Supervisor ?? new(ProcessStat.Gone(0), LaunchedHere: false, _services.Groups.Find(Key));
        var fence = new StepFence(Key, _logger);
        await fence.RunAsync("ending it", () => _services.Processes.KillUntilAsync(
            Folder, supervisor, () => !supervisor.Process.IsAlive(), leave), leave);
        await fence.RunAsync("ending what is left of it", () => _services.Processes.ClearAsync(Folder, supervisor, leave), leave);
        await fence.RunAsync(
            "letting go of its supervisor", () => _services.Processes.ReleaseAsync(supervisor, TimeSpan.Zero, leave), leave);
        var ended = Folder.ReadExit() is { Kind: ExitKind.Exited } exit
            ? AttemptEnd.From(exit, Dispatch, _order.First, killedForMemory: false)
            : AttemptEnd.Broken(fault, _order.First);
        await ReportEndAsync(ended);
    }

    public void Stop(StopAttempt stop)
    {
        var change = _order.Give(stop, StopOrder.GraceOf(stop), KeepStop);
        if (change != StopChange.None)
            LogStopping(Key.JobId, Key.Attempt, stop.Cause, StopOrder.GraceOf(stop).TotalSeconds);
    }

    public void RequestCheckpoint(string why) => _live?.RequestCheckpoint(why);

    /// <summary>For a duplicate dispatch: says again what the scheduler seems not to have heard.</summary>
    public Task ReportAgainAsync() => _live is { } live ? ReportStartedAsync(live) : Task.CompletedTask;

    public void Dispose() => _order.Dispose();

    private async Task<AttemptEnded?> LaunchTracedAsync(CancellationToken leave)
    {
        using var span = LaunchTraces.Begin(Dispatch);
        var ended = await LaunchAsync(leave);
        if (ended is not null) span?.SetStatus(ActivityStatusCode.Error, ended.Message);
        return ended;
    }

    /// <returns>How it ended already, or null when it runs.</returns>
    private async Task<AttemptEnded?> LaunchAsync(CancellationToken leave)
    {
        if (_order.Given.IsCompleted)
            return AttemptEnd.NeverStarted(await _order.Given);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(leave, _order.GivenToken);
        try
        {
            var launched = await _services.Launcher.LaunchAsync(Dispatch, Folder, stopped.Token);
            _live = new(Dispatch, launched.Supervisor, launched.Checkpoint, _services, _reports, _logger);
            LogStarted(Key.JobId, Key.Attempt, launched.Supervisor.Process.Pid);
            await ReportStartedAsync(_live);
            return null;
        }
        catch (OperationCanceledException) when (!leave.IsCancellationRequested && _order.Given.IsCompleted)
        {
            return AttemptEnd.NeverStarted(await _order.Given);
        }
        catch (JobFaultException fault)
        {
            return AttemptEnd.JobFault(fault.Message, fault.Fault);
        }
        catch (Exception error) when (_live is null && error is IOException or UnauthorizedAccessException or Win32Exception)
        {
            LogLaunchFailed(error, Key.JobId, Key.Attempt);
            return AttemptEnd.LaunchFailed($"this node could not start the attempt: {error.Message}");
        }
        catch (Exception error) when (_live is null && !leave.IsCancellationRequested)
        {
            // What nothing foresaw comes from what this job asks for: others start well on this node.
            LogLaunchFailed(error, Key.JobId, Key.Attempt);
            return AttemptEnd.JobFault($"the worker failed to start the attempt: {error.Message}", LaunchFault.Missing);
        }
    }

    private void MarkReported()
    {
        try
        {
            Folder.MarkReported();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogNotMarked(error, Key.JobId, Key.Attempt);
        }
    }

    private void KeepStop()
    {
        try
        {
            lock (_order)
            {
                Folder.WriteStop(new(_order.First!, ProcFs.Uptime() + _order.Left));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogStopNotKept(error, Key.JobId, Key.Attempt);
        }
    }

    private async Task<AttemptEnded> FollowAsync(CancellationToken leave)
    {
        var (exit, stop, usage) = await _live!.FollowAsync(_order, Stop, leave);
        var ended = AttemptEnd.From(exit, Dispatch, stop, exit.Signal == Signals.Kill && WasShortOfMemory(usage));
        ended.PeakMemoryMib = usage.PeakMemoryMib ?? 0;
        return ended;
    }

    /// <summary>The attempt's own count where there is one; else the machine's, which others may have raised.</summary>
    private bool WasShortOfMemory(AttemptUsage usage) =>
        usage.OutOfMemoryKills is { } own ? own > 0 : OutOfMemoryCount.Now() > _oomKillsBefore;

    private Task ReportStartedAsync(LiveAttempt live)
    {
        var started = new AttemptStarted
        {
            Pid = live.Supervisor.Process.Pid,
            CheckpointDirectory = live.Checkpoint?.Directory ?? "",
        };
        if (live.Checkpoint?.ResumeFrom is { } resumed)
            started.ResumedFromStep = resumed.Step;
        return _reports.StartedAsync(started);
    }
}
