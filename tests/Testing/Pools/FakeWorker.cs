using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Testing.Pools;

/// <summary>
/// A worker without processes: it keeps the worker's side of the protocol (fencing by number, an outbox until acknowledged, what
/// it holds told when it joins) and does to its attempts what a test says.
/// </summary>
public sealed class FakeWorker(Machine machine)
{
    private readonly SortedDictionary<long, PoolInput.Reported> _outbox = [];
    private readonly Dictionary<JobId, int> _newestSeen = [];
    private long _sequence;
    private int _boots = 1;

    /// <summary>What it announces; a test may take cards away and give them back.</summary>
    public Machine Machine { get; set; } = machine;

    /// <summary>The machine with all its cards.</summary>
    public Machine Whole { get; } = machine;

    /// <summary>Null while disconnected.</summary>
    public string? Session { get; private set; }

    /// <summary>Attempts with processes, oldest first.</summary>
    public List<FakeAttempt> Live { get; } = [];

    /// <summary>Reports that are not acknowledged yet.</summary>
    public IReadOnlyCollection<PoolInput.Reported> Outbox => _outbox.Values;

    /// <summary>Says hello.</summary>
    public PoolInput.NodeJoined Join(string session)
    {
        Session = session;
        var ended = _outbox.Values.Where(report => report.Event is AttemptEvent.Ended).Select(
            report => new HeldAttempt(report.Attempt, false));
        return new PoolInput.NodeJoined(
            Machine.Id, session, $"boot-{_boots}", "1.0", Machine.Inventory,
            [.. Live.Select(one => new HeldAttempt(one.Order.Attempt, true)), .. ended]);
    }

    /// <summary>Loses its connection.</summary>
    public PoolInput.NodeLeft? Leave()
    {
        if (Session is not { } session) return null;
        Session = null;
        return new PoolInput.NodeLeft(Machine.Id, session, "connection lost");
    }

    /// <summary>The machine restarts: nothing lives on, and nothing was written down about it.</summary>
    public void Reboot()
    {
        Session = null;
        _boots++;
        Live.Clear();
    }

    /// <summary>Obeys an order; false when it is no order a worker obeys.</summary>
    public bool Obey(PoolEffect effect)
    {
        switch (effect)
        {
            case PoolEffect.Dispatch dispatch: return Start(dispatch.Order);
            case PoolEffect.Stop stop: return Stop(stop);
            case PoolEffect.AckReports ack: return Forget(ack.Sequence);
            case PoolEffect.CheckpointNow: return true;
            default: return false;
        }
    }

    /// <summary>Writes a report into the outbox.</summary>
    public PoolInput.Reported Report(AttemptId attempt, AttemptEvent happened, DateTimeOffset time)
    {
        var report = new PoolInput.Reported(Machine.Id, ++_sequence, attempt, time, happened);
        _outbox.Add(report.Sequence, report);
        return report;
    }

    /// <summary>The last process of an attempt is gone.</summary>
    public PoolInput.Reported End(FakeAttempt attempt, EndCause cause, int? code, DateTimeOffset time)
    {
        Live.Remove(attempt);
        return Report(attempt.Order.Attempt, new AttemptEvent.Ended(cause, code, code > 128 ? code - 128 : null, ""), time);
    }

    /// <summary>Reports up to here are durable.</summary>
    public bool Forget(long sequence)
    {
        foreach (var known in _outbox.Keys.Where(key => key <= sequence).ToList()) _outbox.Remove(known);
        return true;
    }

    private bool Start(AttemptOrder order)
    {
        if (_newestSeen.GetValueOrDefault(order.Attempt.Job) >= order.Attempt.Number) return false;
        _newestSeen[order.Attempt.Job] = order.Attempt.Number;
        Live.Add(new FakeAttempt(order));
        return true;
    }

    private bool Stop(PoolEffect.Stop stop)
    {
        if (Live.Find(one => one.Order.Attempt == stop.Attempt) is not { } attempt) return false;
        attempt.Asked = stop.Cause;
        return true;
    }
}

/// <summary>An attempt of a <see cref="FakeWorker"/>.</summary>
public sealed class FakeAttempt(AttemptOrder order)
{
    public AttemptOrder Order { get; } = order;

    /// <summary>Its start was reported.</summary>
    public bool Started { get; set; }

    /// <summary>Why it was asked to stop; null: it was not.</summary>
    public EndCause? Asked { get; set; }

    /// <summary>Last step it saved.</summary>
    public long Step { get; set; }
}
