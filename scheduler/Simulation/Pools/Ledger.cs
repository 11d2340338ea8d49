using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Simulation.Pools;

/// <summary>Writes down what happened: when each job came, began and ended, and what cards were held, worked, and lost.</summary>
internal sealed class Ledger
{
    private readonly Dictionary<long, JobRecord> jobs = [];
    private readonly Dictionary<string, Device> cards;
    private readonly Dictionary<DeviceClass, ClassUse> classes = [];
    private readonly List<Span> spans = [];
    private readonly double lastSubmit;
    private long last;

    /// <param name="lastSubmit">s; when the last job comes.</param>
    public Ledger(IReadOnlyList<SimulatedNode> nodes, double lastSubmit)
    {
        this.lastSubmit = lastSubmit;
        cards = nodes.SelectMany(node => node.Inventory.Devices).Select(DeviceCatalog.BuiltIn.Classify).ToDictionary(card => card.Uuid, StringComparer.Ordinal);
        foreach (var card in cards.Values)
            Of(card.Class).Capacity++;

        Of(DeviceClass.Cpu).Capacity += nodes.Sum(node => node.Inventory.CpuCores - node.Inventory.ReservedCores);
    }

    public int Ended { get; private set; }

    public void OnSubmitted(long number, SimulatedJob job, long now) => jobs.Add(number, new(job, PoolReplay.Seconds(now)));

    public void OnChanged(Job job, long now)
    {
        var record = jobs[job.Id.Number];
        record.Tier = job.Spec.Tier;
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
        foreach (var share in attempt.Shares)
        {
            foreach (var (use, amount) in Held(share))
                use.Add(amount, now - attempt.Granted, Math.Max(0, Math.Min(now, lastSubmit) - attempt.Granted), lost, restart, cause);

            spans.AddRange(share.Devices.Select(card => new Span(card.Uuid, attempt.Id.Job.ToString(), attempt.Granted, now, done, cause)));
        }

        jobs[attempt.Id.Job.Number].Attempts++;
    }

    public void OnFault(SimulatedNode node, SimulatedFault fault)
    {
        foreach (var card in node.Inventory.Devices.Where(card => fault.Device.Length == 0 || card.Uuid == fault.Device))
            Of(cards[card.Uuid].Class).Outages.Add((fault.Start, fault.End));
    }

    public PoolResult Close(int submitted) => PoolResult.Of(submitted, [.. jobs.Values], classes, [.. cards.Values], spans, PoolReplay.Seconds(last), lastSubmit);

    /// <summary>Work without cards holds cores.</summary>
    private IEnumerable<(ClassUse Use, double Amount)> Held(NodeShare share) => share.Devices.Count == 0
        ? [(Of(DeviceClass.Cpu), share.CpuCores)]
        : share.Devices.Select(card => (Of(cards[card.Uuid].Class), (double)card.MilliGpu / DeviceShare.Whole));

    private ClassUse Of(DeviceClass grade)
    {
        if (!classes.TryGetValue(grade, out var use))
            classes.Add(grade, use = new());

        return use;
    }
}
