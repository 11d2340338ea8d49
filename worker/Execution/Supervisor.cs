using GpuScheduler.Worker.Execution.Groups;
using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Execution;

/// <summary>An attempt's supervising process: it leads the attempt's session and process group.</summary>
/// <param name="LaunchedHere">False: an earlier agent launched it, so its orphans don't come to this one.</param>
/// <param name="Group">The attempt's control group; null where there are none.</param>
/// <param name="InheritedPeakKib">
/// The agent's own peak memory just after the launch, in KiB: the kernel counts it as the supervisor's too.
/// </param>
internal readonly record struct Supervisor(ProcessStat Process, bool LaunchedHere, AttemptGroup? Group, long InheritedPeakKib = 0)
{
    /// <summary>
    /// Signals the job and all its processes that stayed in the process group. The supervisor catches what it gets itself.
    /// </summary>
    public void SignalGroup(int signal)
    {
        if (Process.IsAlive())
            Signals.SendToGroup(Process.Pid, signal);
    }

    /// <summary>As long as a child of ours isn't reaped, no other process can have its number.</summary>
    public bool Is(int pid) => pid == Process.Pid && (LaunchedHere || Process.IsAlive());
}
