using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Execution;

/// <summary>An attempt's supervising shell: it leads the attempt's session and process group.</summary>
/// <param name="LaunchedHere">False: an earlier agent launched it, so its orphans don't come to this one.</param>
internal readonly record struct Supervisor(ProcessStat Process, bool LaunchedHere)
{
    /// <summary>Signals the job and all its processes that stayed in the group. The supervisor catches what it gets itself.</summary>
    public void SignalGroup(int signal)
    {
        if (Process.IsAlive())
            Signals.SendToGroup(Process.Pid, signal);
    }
}
