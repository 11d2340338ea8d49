using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Execution;

internal sealed partial class Attempts
{
    /// <summary>
    /// Before the first session: takes up what an earlier agent left, or reports how it ended. After a reboot it returns when
    /// all of that is in the outbox; otherwise attempts run on.
    /// </summary>
    public Task RecoverAsync(bool rebooted)
    {
        var folders = AttemptFolders.In(services.Data);
        services.Groups.RemoveAbandoned(
            folders.Where(folder => !folder.IsReported && folder.Exists).Select(folder => folder.Key).ToHashSet());
        foreach (var folder in folders)
            TryRecover(folder, rebooted);
        return rebooted ? Task.WhenAll(_runs.Values.Select(held => held.Done)) : Task.CompletedTask;
    }

    /// <summary>A folder that can't be read is no reason not to start: it stays, and what it was is in the log.</summary>
    private void TryRecover(AttemptFolder folder, bool rebooted)
    {
        try
        {
            Recover(folder, rebooted);
        }
        catch (Exception error)
        {
            LogBroken(error, folder.Key.JobId, folder.Key.Attempt);
        }
    }

    /// <summary>It runs, and what it is can't be read any more: the job itself has done away with its record.</summary>
    private async Task EndUnreadableAsync(AttemptFolder folder, Supervisor supervisor)
    {
        var fault = new InvalidDataException("the record of its order can't be read");
        LogBroken(fault, folder.Key.JobId, folder.Key.Attempt);
        await services.Processes.ClearAsync(folder, supervisor, _leave.Token);
        await services.Processes.ReleaseAsync(supervisor, TimeSpan.Zero, _leave.Token);
        var reporter = new AttemptReporter(folder.Key, services.Reports, new(null, services.Time));
        await reporter.EndedAsync(AttemptEnd.Broken(fault, folder.ReadStop()?.Order));
        archive.Remove(folder);
    }

    private void Recover(AttemptFolder folder, bool rebooted)
    {
        var dispatch = folder.IsReported ? null : folder.ReadDispatch();
        if (dispatch is null && !folder.IsReported && !rebooted)
        {
            var supervisor = new Supervisor(ProcessStat.Gone(0), LaunchedHere: false, services.Groups.Find(folder.Key));
            if (services.Processes.AnyLeft(folder, supervisor))
            {
                Remember(folder.Key);
                Track(EndUnreadableAsync(folder, supervisor), folder.Key);
                return;
            }

            // Its agent died before it had written the order down, let alone begun: the scheduler will give it again.
            LogNeverBegun(folder.Key.JobId, folder.Key.Attempt);
            archive.Remove(folder);
            return;
        }

        Remember(folder.Key);
        if (dispatch is null)
            archive.Add(folder);
        else
            Run(new AttemptRun(dispatch, services), run => AttemptRecovery.RunAsync(run, rebooted, services.Time, _leave.Token));
    }
}
