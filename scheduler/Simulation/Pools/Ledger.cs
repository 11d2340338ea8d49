using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Simulation.Pools;

/// <summary>Writes down what happened: when each job came, began and ended, and what cards were held, worked, and lost.</summary>
internal sealed class Ledger
{
    private readonly Dictionary<JobId, JobRecord> jobs = [];
    private readonly Dictionary<string, Device> cards;
    private readonly Dictionary<DeviceClass, ClassUse> classes = [];
    private readonly List<Span> spans = [];
    private readonly List<QueueStep> queue = [];
    private readonly Dictionary<string, int> cardsOfNodes;
    private readonly List<Spell> spells = [];
    private readonly IReadOnlyList<SimulatedNode> nodes;
    private readonly double lastSubmit;
    private long last;

    /// <param name="lastSubmit">s; when the last job comes.</param>
    public Ledger(IReadOnlyList<SimulatedNode> nodes, double lastSubmit)
    {
        (this.nodes, this.lastSubmit) = (nodes, lastSubmit);
        cards = nodes.SelectMany(node => node.Inventory.Devices).Select(DeviceCatalog.BuiltIn.Classify)
            .ToDictionary(card => card.Uuid, StringComparer.Ordinal);
        cardsOfNodes = nodes.ToDictionary(node => node.Id.Name, node => node.Inventory.Devices.Count, StringComparer.Ordinal);
        foreach (var card in cards.Values)
            Of(card.Class).Capacity++;

        Of(DeviceClass.Cpu).Capacity += nodes.Sum(node => node.Inventory.CpuCores - node.Inventory.ReservedCores);
    }

    public int Ended { get; private set; }

    public void OnSubmitted(JobId id, SimulatedJob job, long now)
    {
        var record = new JobRecord(job, PoolReplay.Seconds(now));
        jobs.Add(id, record);
        Queue(record, waits: true, now);
    }

    public void OnChanged(Job job, long now)
    {
        var record = jobs[job.Id];
        if (record.Tier.Length == 0)
            record.Admitted(job.Spec);

        Queue(record, waits: !job.State.HoldsAllocation() && !job.State.IsEnded(), now);
        if (job.State == JobState.Running)
            record.Started ??= PoolReplay.Seconds(now);
        if (!job.State.IsEnded() || record.Ended is not null)
            return;

        (record.Ended, record.Outcome) = (PoolReplay.Seconds(now), job.State);
        last = now;
        Ended++;
    }

    /// <param name="done">It brought its job to the end.</param>
    public void OnAttemptEnded(SimulatedAttempt attempt, EndCause cause, bool done, long ticks)
    {
        var now = PoolReplay.Seconds(ticks);
        var lost = done ? 0 : (attempt.WorkAt(now) - attempt.Saved) / attempt.Speed;
        var restart = Math.Min(attempt.Restart, now - attempt.Granted);
        var record = jobs[attempt.Id.Job];
        record.Attempts++;
        foreach (var share in attempt.Shares)
        {
            foreach (var (card, grade, amount) in Held(share))
            {
                Of(grade).Add(
                    amount, now - attempt.Granted, Math.Max(0, Math.Min(now, lastSubmit) - attempt.Granted), lost, restart, cause);
                spans.Add(new(card, share.Node.Name, grade, amount, record, attempt.Granted, now, lost, restart, done, cause));
            }
        }
    }

    public void OnFault(SimulatedNode node, SimulatedFault fault) =>
        spells.Add(new(node.Id.Name, fault.Device, fault.Start, fault.End, IsClosed: false));

    /// <summary>Nothing more happens, and the job has not ended.</summary>
    public void OnUnended(JobId id, Explanation why) => jobs[id].WhyUnended = why;

    /// <summary>s; when the last job ended.</summary>
    public double LastEnd => PoolReplay.Seconds(last);

    /// <param name="closed">When machines were closed by their hours.</param>
    public PoolResult Close(int submitted, IEnumerable<Spell> closed)
    {
        var downtime = new Downtime([.. spells, .. closed]);
        Account(downtime);
        return new(submitted, [.. jobs.Values], Present(), [.. cards.Values], cardsOfNodes, spans, queue, LastEnd, lastSubmit)
        {
            Downtime = downtime,
            CoresOfNodes = nodes.ToDictionary(
                node => node.Id.Name, node => node.Inventory.CpuCores - node.Inventory.ReservedCores, StringComparer.Ordinal),
        };
    }

    private Dictionary<DeviceClass, ClassUse> Present() =>
        classes.Where(entry => entry.Value.Capacity > 0).OrderBy(entry => entry.Key).ToDictionary();

    /// <summary>What of each class could take no work, and what was held all the same.</summary>
    private void Account(Downtime downtime)
    {
        if (downtime.All.Count == 0)
            return;

        foreach (var node in nodes)
        {
            foreach (var card in node.Inventory.Devices)
                Account(downtime, Of(cards[card.Uuid].Class), node.Id.Name, card.Uuid, 1);

            Account(downtime, Of(DeviceClass.Cpu), node.Id.Name, "", node.Inventory.CpuCores - node.Inventory.ReservedCores);
        }

        foreach (var span in spans)
            Of(span.Class).HeldWhileDown += span.Amount * Intervals.Within(downtime.Of(span.Node, span.Card), span.Start, span.End);
    }

    private void Account(Downtime downtime, ClassUse use, string node, string card, int amount)
    {
        use.Broken += amount * Intervals.Within(downtime.Broken(node, card), 0, LastEnd);
        use.Closed += amount * Intervals.Within(downtime.Closed(node, card), 0, LastEnd);
    }

    private void Queue(JobRecord job, bool waits, long now)
    {
        if (job.Waits == waits)
            return;

        job.Waits = waits;
        queue.Add(new(PoolReplay.Seconds(now), job, waits ? 1 : -1));
    }

    /// <summary>Work without cards holds cores.</summary>
    private IEnumerable<(string Card, DeviceClass Class, double Amount)> Held(NodeShare share) => share.Devices.Count == 0
        ? [("", DeviceClass.Cpu, share.CpuCores)]
        : share.Devices.Select(card => (card.Uuid, cards[card.Uuid].Class, (double)card.MilliGpu / DeviceShare.Whole));

    private ClassUse Of(DeviceClass grade)
    {
        if (!classes.TryGetValue(grade, out var use))
            classes.Add(grade, use = new());

        return use;
    }
}
