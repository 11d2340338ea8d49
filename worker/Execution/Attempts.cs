using System.Collections.Concurrent;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Housekeeping;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Execution;

/// <summary>
/// All attempts of this worker: takes orders in the order in which they come, and holds the fence: of one job only the newest
/// attempt runs, and never two at once. Orders are given from one thread; attempts run on by themselves.
/// </summary>
internal sealed partial class Attempts(AttemptServices services, AttemptArchive archive, ILogger<Attempts> logger)
    : IAttempts, IAsyncDisposable
{
    private readonly ILogger<Attempts> _logger = logger;
    private readonly ConcurrentDictionary<AttemptKey, (AttemptRun Run, Task Done)> _runs = new();
    private readonly ConcurrentDictionary<string, int> _newest = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _leave = new();
    private readonly Lock _taking = new();
    private StopAttempt? _closed;

    public IReadOnlyList<AttemptKey> Running => [.. _runs.Keys];

    /// <summary>The orders of those.</summary>
    public IReadOnlyList<Dispatch> RunningOrders => [.. _runs.Values.Select(held => held.Run.Dispatch)];

    public void Start(Dispatch dispatch)
    {
        var key = new AttemptKey(dispatch.JobId, dispatch.Attempt);
        if (_runs.TryGetValue(key, out var same))
            Track(same.Run.ReportAgainAsync(), key);
        else if (!key.IsWellFormed)
            LogRefused(key.JobId, key.Attempt, "the job's id or the attempt's number can't be one");
        else if (_newest.TryGetValue(key.JobId, out var newest) && key.Attempt <= newest)
            TellAgain(key, null);
        else
            StartNew(key, dispatch);
    }

    public void Stop(StopAttempt stop)
    {
        var key = new AttemptKey(stop.JobId, stop.Attempt);
        if (_runs.TryGetValue(key, out var held))
            held.Run.Stop(stop);
        else if (key.IsWellFormed)
            TellAgain(key, stop);
    }

    public void RequestCheckpoint(CheckpointNow request)
    {
        if (_runs.TryGetValue(new(request.JobId, request.Attempt), out var held))
            held.Run.RequestCheckpoint(request.Why);
    }

    public void TakeNoMore(EndCause cause, string message)
    {
        lock (_taking)
        {
            _closed = new() { Cause = cause, Message = message };
        }
    }

    /// <summary>Stops everything and waits until it has ended.</summary>
    public async Task StopAllAsync(EndCause cause, string message)
    {
        var held = _runs.ToArray();
        foreach (var (key, (run, _)) in held)
            run.Stop(
                new()
                {
                    JobId = key.JobId, Attempt = key.Attempt, Cause = cause, CheckpointFirst = true, Grace = run.Dispatch.Grace,
                    Message = message,
                });
        await Task.WhenAll(held.Select(pair => pair.Value.Done));
    }

    /// <summary>Leaves what runs running.</summary>
    public async ValueTask DisposeAsync()
    {
        await _leave.CancelAsync();
        await Task.WhenAll(_runs.Values.Select(held => held.Done));
        _leave.Dispose();
    }

    private void StartNew(AttemptKey key, Dispatch dispatch)
    {
        // No attempt begins once TakeNoMore has returned: a stop of all of them then misses none.
        lock (_taking)
        {
            if (_closed is null) Begin_NeedsLock(key, dispatch);
            else Track(RefuseAsync(key, _closed), key);
        }
    }

    private Task<bool> RefuseAsync(AttemptKey key, StopAttempt why) =>
        new AttemptReporter(key, services.Reports, new(null, services.Time)).EndedAsync(AttemptEnd.NeverStarted(why));

    private void Begin_NeedsLock(AttemptKey key, Dispatch dispatch)
    {
        Remember(key);
        var earlier = Fence(key);
        Run(new AttemptRun(dispatch, services), async run =>
        {
            await earlier;
            await run.StartAsync(_leave.Token);
        });
    }

    /// <summary>The scheduler has given the job on: an older attempt still here must be gone before the new one starts.</summary>
    private Task Fence(AttemptKey key)
    {
        var older = _runs.Where(held => held.Key.JobId == key.JobId).ToArray();
        foreach (var (old, (run, _)) in older)
            run.Stop(
                new()
                {
                    JobId = old.JobId, Attempt = old.Attempt, Cause = EndCause.Fenced, Grace = new(),
                    Message = $"replaced by attempt {key.Attempt}",
                });
        return Task.WhenAll(older.Select(held => held.Value.Done));
    }

    /// <summary>Not running here (any more): says how it ended, or that it never began, so that the scheduler isn't left waiting.</summary>
    private void TellAgain(AttemptKey key, StopAttempt? stop)
    {
        var folder = services.Data.Attempt(key);
        var dispatch = folder.ReadDispatch();
        var reporter = new AttemptReporter(key, services.Reports, new(dispatch?.Began, services.Time));
        if (folder.ReadExit() is { } exit && dispatch is not null)
            Track(reporter.EndedAsync(AttemptEnd.From(exit, dispatch, folder.ReadStop()?.Order, killedForMemory: false)), key);
        else if (stop is not null)
            Track(reporter.EndedAsync(AttemptEnd.NeverStarted(stop)), key);
        else
            TellLost(reporter, key);
        Remember(key);
    }

    /// <summary>It was here, and nothing is left that says what became of it: its folder was removed. A scheduler that gives it again
    /// waits for an answer, but not for that of an older attempt.</summary>
    private void TellLost(AttemptReporter reporter, AttemptKey key)
    {
        LogRefused(key.JobId, key.Attempt, "this or a newer attempt of the job has been here");
        if (_newest.GetValueOrDefault(key.JobId) > key.Attempt) return;
        var message = $"this attempt has been on this node already, and its folder {services.Data.Attempt(key).Path} is gone";
        Track(reporter.EndedAsync(AttemptEnd.LaunchFailed(message)), key);
    }

    private void Remember(AttemptKey key) =>
        _newest.AddOrUpdate(key.JobId, key.Attempt, (_, newest) => Math.Max(newest, key.Attempt));

    private void Run(AttemptRun run, Func<AttemptRun, Task> follow)
    {
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _runs[run.Key] = (run, FollowAsync(run, begin.Task, follow));
        begin.SetResult();
    }

    private async Task FollowAsync(AttemptRun run, Task begin, Func<AttemptRun, Task> follow)
    {
        await begin;
        try
        {
            await follow(run);
            archive.Add(run.Folder);
        }
        catch (OperationCanceledException) when (_leave.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error)
        {
            LogBroken(error, run.Key.JobId, run.Key.Attempt);
            await EndBrokenAsync(run, error);
        }

        _runs.TryRemove(run.Key, out _);
        run.Dispose();
    }

    /// <summary>
    /// One attempt's fault must not leave the scheduler waiting for its end, nor the node with an attempt that it can't name.
    /// </summary>
    private async Task EndBrokenAsync(AttemptRun run, Exception fault)
    {
        try
        {
            await run.EndBrokenAsync(fault, _leave.Token);
            archive.Add(run.Folder);
        }
        catch (Exception error)
        {
            LogBroken(error, run.Key.JobId, run.Key.Attempt);
        }
    }

    private void Track(Task report, AttemptKey key) =>
        _ = report.ContinueWith(
            failed => LogBroken(failed.Exception!, key.JobId, key.Attempt),
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
