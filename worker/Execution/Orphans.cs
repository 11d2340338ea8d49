using System.Collections.Concurrent;
using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Execution;

/// <summary>
/// The agent is the subreaper of what it launches: a process whose parent died becomes the agent's child, even when it left
/// its session. So one short list tells whether an attempt left something behind, without a walk through /proc.
/// </summary>
internal sealed class Orphans
{
    private readonly ConcurrentDictionary<int, ProcessStat> _supervisors = new();
    private readonly ConcurrentQueue<ProcessStat> _late = new();
    private readonly ConcurrentDictionary<int, Orphan> _known = new();
    private int _births;
    private readonly int _ownSession = ProcessStat.Read(Environment.ProcessId)!.Value.Session;

    public Orphans() => Signals.BecomeSubreaper();

    /// <summary>
    /// Starts a supervisor. Until it is known, it looks like an orphan, and must not be reaped as one if it dies at once.
    /// </summary>
    public Supervisor Bear(Func<Supervisor> start)
    {
        Interlocked.Increment(ref _births);
        try
        {
            var supervisor = start();
            _supervisors[supervisor.Process.Pid] = supervisor.Process;
            return supervisor;
        }
        finally
        {
            Interlocked.Decrement(ref _births);
        }
    }

    /// <summary>The attempt is over; its supervisor ends at any moment and its number becomes free once it is reaped.</summary>
    /// <returns>False while it lives.</returns>
    public bool TryReleaseSupervisor(ProcessStat supervisor, out long? peakKib)
    {
        ReleaseLate();
        return TryRelease(supervisor, out peakKib);
    }

    /// <summary>Nothing waits for it any longer: it is reaped when the next attempt ends.</summary>
    public void ReleaseSupervisorLater(ProcessStat supervisor) => _late.Enqueue(supervisor);

    /// <returns>Live orphans of this session or with this marker; null where the kernel keeps no such list.</returns>
    public IReadOnlyList<int>? Of(int session, string marker)
    {
        if (ProcFs.InheritedChildren() is not { } children)
            return null;
        var orphans = children.Where(pid => !_supervisors.ContainsKey(pid)).ToList();
        foreach (var gone in _known.Keys.Except(orphans))
            _known.TryRemove(gone, out _);
        return orphans.FindAll(pid => IsAliveAndOf(pid, session, marker));
    }

    /// <summary>
    /// A child in the agent's own session is none of an attempt's: every attempt has a session of its own. What an orphan was
    /// at first sight, it stays: it may clear its environment later.
    /// </summary>
    private bool IsAliveAndOf(int pid, int session, string marker)
    {
        if (ProcessStat.Read(pid) is not { } stat || stat.Session == _ownSession)
            return false;
        if (stat.IsDead)
        {
            // In this order: a process that is born while we look is known before its birth is over.
            if (Volatile.Read(ref _births) == 0 && !_supervisors.ContainsKey(pid))
                Children.TryReap(pid);
            return false;
        }

        var orphan = _known.AddOrUpdate(pid, _ => Meet(stat), (_, known) => known.StartTicks == stat.StartTicks ? known : Meet(stat));
        return stat.Session == session || orphan.Marker == marker;
    }

    private void ReleaseLate()
    {
        for (var left = _late.Count; left > 0 && _late.TryDequeue(out var supervisor); left--)
        {
            if (!TryRelease(supervisor, out _))
                _late.Enqueue(supervisor);
        }
    }

    /// <summary>
    /// Once it is reaped, its number may be the next supervisor's at once: so it is reaped only once, and only its own entry goes.
    /// </summary>
    private bool TryRelease(ProcessStat supervisor, out long? peakKib)
    {
        peakKib = null;
        if (!_supervisors.TryGetValue(supervisor.Pid, out var known) || known != supervisor)
            return true;
        var isGone = Children.TryReap(supervisor.Pid, out peakKib);
        if (isGone)
            _supervisors.TryRemove(KeyValuePair.Create(supervisor.Pid, supervisor));
        return isGone;
    }

    private static Orphan Meet(ProcessStat stat) => new(stat.StartTicks, ProcFs.EnvironmentEntry(stat.Pid, AttemptEnvironment.Marker));

    private sealed record Orphan(long StartTicks, string? Marker);
}
