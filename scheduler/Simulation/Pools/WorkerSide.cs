using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Simulation.Pools;

/// <summary>All workers of the pool: they start what they are told, work, save, stop when asked, and die with their machine.</summary>
internal sealed class WorkerSide(IReadOnlyList<SimulatedNode> machines, Agenda agenda, Ledger ledger, DateTimeOffset start)
{
    private const int Terminated = 143;
    private const int Failed = 1;

    private readonly Dictionary<NodeId, SimulatedNode> nodes = machines.ToDictionary(node => node.Id);
    private readonly Dictionary<AttemptId, SimulatedAttempt> live = [];
    private readonly Dictionary<JobId, SimulatedJob> jobs = [];
    private readonly Dictionary<string, string> models = machines
        .SelectMany(node => node.Inventory.Devices)
        .ToDictionary(card => card.Uuid, card => DeviceCatalog.KeyOf(card.Model), StringComparer.Ordinal);

    public void Known(JobId id, SimulatedJob job, long now)
    {
        jobs.Add(id, job);
        ledger.OnSubmitted(id, job, now);
    }

    public IReadOnlyList<PoolInput> JoinAll() => [.. machines.Select(node => node.Join([]))];

    public void Obey(IReadOnlyList<PoolEffect> effects, long now)
    {
        var started = new List<SimulatedAttempt>();
        foreach (var effect in effects)
        {
            if (effect is PoolEffect.Dispatch dispatch)
                Start(dispatch.Order, now, started);
            else if (effect is PoolEffect.Stop stop && live.TryGetValue(stop.Attempt, out var attempt))
                Stop(attempt, stop, now);
        }

        foreach (var attempt in started)
            Schedule(attempt, now);
    }

    public IReadOnlyList<PoolInput> Happen(PoolEvent what, long now) => what switch
    {
        PoolEvent.Started { Attempt: { Works: true } attempt } =>
            attempt.Report(nodes, Date(now), new AttemptEvent.Started(ResumedStep(attempt))),
        PoolEvent.Saved { Attempt: { Works: true } attempt } => Save(attempt, now),
        PoolEvent.Finished { Attempt: { Works: true } attempt } => Finish(attempt, now),
        PoolEvent.Stopped { Attempt: { Ended: false } attempt } stopped => End(attempt, stopped.Cause, Terminated, now),
        PoolEvent.Broke broke => Break(broke.Fault, now),
        PoolEvent.Repaired repaired => Repair(repaired.Fault),
        _ => [],
    };

    private DateTimeOffset Date(long ticks) => start.AddTicks(ticks);

    private static long? ResumedStep(SimulatedAttempt attempt) =>
        attempt.Resumed > 0 ? (long)(attempt.Resumed * SimulatedAttempt.StepsPerSecond) : null;

    private void Start(AttemptOrder order, long now, List<SimulatedAttempt> started)
    {
        if (!live.TryGetValue(order.Attempt, out var attempt))
        {
            var job = jobs[order.Attempt.Job];
            var restart = order.Attempt.Number > 1 ? job.Restart : 0;
            attempt = new(
                order.Attempt, job, SimulatedAttempt.WorkIn(order.Checkpoints), PoolReplay.Seconds(now), restart, order.Spec.TimeLimit);
            live.Add(order.Attempt, attempt);
            started.Add(attempt);
        }

        attempt.Shares.Add(order.Share);
        attempt.Speed = order.Share.Devices.Select(card => attempt.Job.SpeedOn(models[card.Uuid])).Append(attempt.Speed).Min();
    }

    private void Schedule(SimulatedAttempt attempt, long now)
    {
        if (double.IsInfinity(attempt.Speed))
            attempt.Speed = 1;

        agenda.Add(now, new PoolEvent.Started(attempt));
        agenda.Add(PoolReplay.Ticks(Math.Min(attempt.EndsAt, attempt.MustEndAt)), new PoolEvent.Finished(attempt));
        Plan(attempt, PoolReplay.Seconds(now) + attempt.Restart);
    }

    private void Plan(SimulatedAttempt attempt, double from)
    {
        if (attempt.NextSave(from) is var save && save < attempt.EndsAt)
            agenda.Add(PoolReplay.Ticks(save), new PoolEvent.Saved(attempt));
    }

    private IReadOnlyList<PoolInput> Save(SimulatedAttempt attempt, long now)
    {
        var saved = attempt.Save(PoolReplay.Seconds(now), Date(now));
        Plan(attempt, PoolReplay.Seconds(now));
        return Head(attempt, now, new AttemptEvent.Saved(saved));
    }

    /// <summary>A job that can saves first; the stop itself takes no time, but is seen in a step of its own.</summary>
    private void Stop(SimulatedAttempt attempt, PoolEffect.Stop stop, long now)
    {
        if (stop.CheckpointFirst && attempt is { Works: true, Job.CheckpointEvery: not null })
            agenda.Add(now, new PoolEvent.Saved(attempt));

        agenda.Add(now, new PoolEvent.Stopped(attempt, stop.Cause));
    }

    private IReadOnlyList<PoolInput> Finish(SimulatedAttempt attempt, long now) => attempt.MustEndAt < attempt.EndsAt
        ? End(attempt, EndCause.TimeLimit, Terminated, now)
        : End(attempt, EndCause.Exited, attempt.Job.ExitCode, now);

    private IReadOnlyList<PoolInput> End(SimulatedAttempt attempt, EndCause cause, int code, long now)
    {
        Bury(attempt, cause, code == 0, now);
        return attempt.Report(nodes, Date(now), new AttemptEvent.Ended(cause, code, code > 128 ? code - 128 : null, ""));
    }

    private void Bury(SimulatedAttempt attempt, EndCause cause, bool done, long now)
    {
        attempt.Ended = true;
        live.Remove(attempt.Id);
        ledger.OnAttemptEnded(attempt, cause, done, now);
    }

    private IReadOnlyList<PoolInput> Head(SimulatedAttempt attempt, long now, AttemptEvent happened) =>
        nodes[attempt.Shares[0].Node] is { Up: true } node ? [node.Report(attempt.Id, Date(now), happened)] : [];

    private IReadOnlyList<PoolInput> Break(SimulatedFault fault, long now)
    {
        var node = nodes[new(fault.Node)];
        if (!node.Up)
            return [];

        agenda.Add(PoolReplay.Ticks(fault.End), new PoolEvent.Repaired(fault));
        var hit = On(node).Where(attempt => fault.Device.Length == 0 || attempt.Shares.Any(share => share.Holds(fault.Device))).ToList();
        ledger.OnFault(node, fault);
        if (fault.Device.Length > 0)
            return LoseCard(node, fault.Device, hit, now);

        var failed = node.Fail();
        foreach (var attempt in hit)
        {
            attempt.DiedOn.Add(node.Id);
            if (!attempt.Shares.Any(share => nodes[share.Node].Up && attempt.LivesOn(share.Node)))
                Bury(attempt, EndCause.NodeLost, done: false, now);
        }

        return [failed];
    }

    private IReadOnlyList<PoolInput> LoseCard(SimulatedNode node, string uuid, List<SimulatedAttempt> hit, long now)
    {
        node.Lose(uuid);
        var reports = hit.SelectMany(attempt => End(attempt, EndCause.Exited, Failed, now)).ToList();
        return [.. reports, node.Join(On(node).Select(attempt => attempt.Id))];
    }

    private IReadOnlyList<PoolInput> Repair(SimulatedFault fault)
    {
        var node = nodes[new(fault.Node)];
        if (fault.Device.Length > 0)
            node.GetBack(fault.Device);
        else
            node.Repair();

        return node.Up ? [node.Join(On(node).Select(attempt => attempt.Id))] : [];
    }

    private IEnumerable<SimulatedAttempt> On(SimulatedNode node) => live.Values.Where(attempt => attempt.LivesOn(node.Id));
}
