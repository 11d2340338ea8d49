using GpuScheduler.Worker.Execution.Groups;
using GpuScheduler.Worker.Execution.Native;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Execution;

/// <summary>
/// Finds and ends all processes of an attempt, however they tried to leave it: by control group where there is one, by
/// session, and by the marker in the environment that they were started with. A device is free only when none is left.
/// </summary>
internal sealed partial class AttemptProcesses(
    AttemptGroups groups, Orphans orphans, TimeProvider time, ILogger<AttemptProcesses> logger)
{
    private readonly ILogger<AttemptProcesses> _logger = logger;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Suspicious = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseOfKilling = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan SupervisorPatience = TimeSpan.FromSeconds(5);

    /// <summary>Starts a supervisor, and knows it from then on.</summary>
    public Supervisor Bear(Func<Supervisor> start) => orphans.Bear(start);

    /// <summary>Asks all of them to end, each once: a program often takes a second TERM for impatience and saves nothing.</summary>
    public void Terminate(AttemptFolder folder, Supervisor supervisor)
    {
        supervisor.SignalGroup(Signals.Terminate);
        supervisor.SignalGroup(Signals.Continue);
        foreach (var pid in All(folder, supervisor).Where(pid => ProcessStat.Read(pid)?.ProcessGroup != supervisor.Process.Pid))
        {
            Signals.Send(pid, Signals.Terminate);
            Signals.Send(pid, Signals.Continue);
        }
    }

    /// <summary>Kills everything but the supervisor, which still has to write down how the job ended.</summary>
    public void KillAll(AttemptFolder folder, Supervisor supervisor)
    {
        supervisor.Group?.Kill(supervisor);
        foreach (var pid in All(folder, supervisor))
            Signals.Send(pid, Signals.Kill);
        // A supervisor that the job had stopped along with its group must go on to see its child's end.
        if (supervisor.Process.IsAlive())
            Signals.Send(supervisor.Process.Pid, Signals.Continue);
    }

    /// <summary>Kills until it is over. Before that, what a living supervisor has started is no orphan, so <see cref="AnyLeft"/> misses
    /// it.</summary>
    /// <param name="isOver">The exit is recorded, or the supervisor gone.</param>
    public async Task KillUntilAsync(AttemptFolder folder, Supervisor supervisor, Func<bool> isOver, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var pause = FirstPause; !isOver(); pause = pause * 2 < PauseOfKilling ? pause * 2 : PauseOfKilling)
        {
            KillAll(folder, supervisor);
            // With its child dead it only has to write a line; one that can't (a hanging disk) goes as well.
            if (time.GetElapsedTime(began) > SupervisorPatience && supervisor.Process.IsAlive())
                Signals.Send(supervisor.Process.Pid, Signals.Kill);
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>After the job's end: true while any process of it lives.</summary>
    public bool AnyLeft(AttemptFolder folder, Supervisor supervisor)
    {
        if (supervisor.Group?.OthersThan(supervisor).Any() == true)
            return true;
        var left = OrphansOf(folder, supervisor);
        return left is null ? Find(folder, supervisor).Any() : left.Count > 0;
    }

    /// <summary>Kills until nothing is left. A process that the kernel doesn't let go (state D) holds the attempt's end back.</summary>
    public async Task ClearAsync(AttemptFolder folder, Supervisor supervisor, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var told = false;
        for (var pause = FirstPause; AnyLeft(folder, supervisor); pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            KillAll(folder, supervisor);
            await Task.Delay(pause, time, cancellationToken);
            if (told || time.GetElapsedTime(began) < Suspicious)
                continue;
            told = true;
            LogNotDying(folder.Key.JobId, folder.Key.Attempt, string.Join(", ", All(folder, supervisor)));
        }
    }

    /// <summary>Nothing is left: takes the supervisor's exit and what the attempt has used, and gives its control group back.</summary>
    /// <param name="patience">How long the supervisor, which ends at any moment, may be waited for.</param>
    public async Task<AttemptUsage> ReleaseAsync(Supervisor supervisor, TimeSpan patience, CancellationToken cancellationToken)
    {
        var reapedKib = supervisor.LaunchedHere ? await ReapAsync(supervisor.Process, patience, cancellationToken) : null;
        var (peak, kills) = (supervisor.Group?.PeakMemoryMib(), supervisor.Group?.OutOfMemoryKills());
        if (reapedKib > supervisor.InheritedPeakKib)
            peak ??= (reapedKib + 1023) / 1024;
        if (supervisor.Group is { } group)
            groups.Discard(group);
        return new(peak, kills);
    }

    private async Task<long?> ReapAsync(ProcessStat supervisor, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            if (orphans.TryReleaseSupervisor(supervisor, out var peakKib))
                return peakKib;
            if (time.GetElapsedTime(began) >= patience)
                break;
            await Task.Delay(FirstPause, time, cancellationToken);
        }

        orphans.ReleaseSupervisorLater(supervisor);
        return null;
    }

    private IEnumerable<int> All(AttemptFolder folder, Supervisor supervisor) => Find(folder, supervisor)
        .Union(OrphansOf(folder, supervisor) ?? [])
        .Union(supervisor.Group?.OthersThan(supervisor) ?? []);

    /// <returns>Null where they can't be told: then /proc must be walked through.</returns>
    private IReadOnlyList<int>? OrphansOf(AttemptFolder folder, Supervisor supervisor) =>
        supervisor.LaunchedHere ? orphans.Of(supervisor.Process.Pid, AttemptEnvironment.MarkerOf(folder)) : null;

    /// <summary>A session's number says nothing any more once its leader is gone and was not ours to reap: it may be taken anew.</summary>
    private static IEnumerable<int> Find(AttemptFolder folder, Supervisor supervisor)
    {
        var leader = supervisor.Process;
        var trusted = supervisor.LaunchedHere || leader.IsAlive();
        var marker = AttemptEnvironment.MarkerOf(folder);
        return from process in ProcFs.Processes()
               where process.Pid != leader.Pid
               where (trusted && process.Session == leader.Pid)
                   || ProcFs.EnvironmentEntry(process.Pid, AttemptEnvironment.Marker) == marker
               select process.Pid;
    }
}
