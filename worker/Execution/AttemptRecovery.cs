using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Execution;

/// <summary>Decides what became of an attempt that an earlier agent left without reporting its end.</summary>
internal static class AttemptRecovery
{
    /// <summary>A supervisor writes down who it is within milliseconds; the agent may have died just after starting it.</summary>
    private static readonly TimeSpan SupervisorStart = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(AttemptRun run, bool rebooted, TimeProvider time, CancellationToken leave)
    {
        var folder = run.Folder;
        if (rebooted)
            await run.ReportEndAsync(
                folder.ReadExit() is { } exit
                    ? AttemptEnd.From(exit, run.Dispatch, folder.ReadStop()?.Order, false)
                    : AttemptEnd.LostAtReboot());
        else if (await FindSupervisorAsync(folder, time, leave) is { } supervisor)
            await run.AdoptAsync(supervisor, leave);
        else
            await run.AbandonAsync(AttemptEnd.LaunchFailed("the worker was killed before it had started the attempt"));
    }

    private static async Task<ProcessStat?> FindSupervisorAsync(AttemptFolder folder, TimeProvider time, CancellationToken leave)
    {
        for (var waited = TimeSpan.Zero; waited < SupervisorStart; waited += Pause)
        {
            if (folder.ReadSupervisor() is { } supervisor)
                return supervisor;
            await Task.Delay(Pause, time, leave);
        }

        return null;
    }
}
