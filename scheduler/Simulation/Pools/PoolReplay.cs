using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Simulation.Input;

namespace GpuScheduler.Simulation.Pools;

/// <summary>Drives the live scheduler's engine with virtual time. Decides nothing: jobs come and end when the files say, workers
/// obey at once, and everything between is the engine's.</summary>
internal sealed class PoolReplay
{
    /// <summary>Steps in a row that the engine asked for and that led to nothing, after which nothing more will.</summary>
    private const int Patience = 1000;

    /// <summary>Where nothing says when the work was: a Monday.</summary>
    public static readonly DateTimeOffset SomeMonday = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PoolConfig config;
    private readonly IReadOnlyList<SimulatedNode> nodes;
    private readonly DateTimeOffset start;
    private readonly Agenda agenda = new();
    private readonly PoolEngine engine;
    private readonly PoolState state;
    private readonly WorkerSide workers;
    private readonly Ledger ledger;
    private readonly List<PoolEvent.Arrived> asking = [];
    private readonly List<(JobId Id, bool Runs)> held = [];
    private readonly int total;
    private long nextWake = long.MaxValue;
    private bool waits;

    /// <param name="start">The date at 0 s: hours of the day and of the week have a meaning.</param>
    public PoolReplay(
        PoolConfig config, IReadOnlyList<SimulatedNode> nodes, IReadOnlyList<SimulatedJob> jobs, IReadOnlyList<SimulatedFault> faults,
        DateTimeOffset start)
    {
        (this.config, this.nodes, this.start) = (config, nodes, start);
        engine = new(config);
        state = PoolState.Load(config, new StoredPool(1, 1, [], [], [], []), start);
        ledger = new(nodes, jobs.Count == 0 ? 0 : jobs[^1].Submit);
        workers = new(nodes, agenda, ledger, start);
        total = jobs.Count;
        foreach (var arrival in PoolEvent.Arrived.Of(jobs))
            agenda.Add(Ticks(arrival.Job.Submit), arrival);
        foreach (var fault in faults)
            agenda.Add(Ticks(fault.Start), new PoolEvent.Broke(fault));
    }

    public static double Seconds(long ticks) => (double)ticks / TimeSpan.TicksPerSecond;

    public static long Ticks(double seconds) => (long)Math.Ceiling(seconds * TimeSpan.TicksPerSecond);

    /// <param name="progress">Told how many jobs have ended, of how many.</param>
    public PoolResult Run(Action<int, int> progress)
    {
        var now = 0L;
        Step(0, workers.JoinAll());
        for (var idle = 0; !agenda.IsEmpty && !AllEnded() && idle < Patience;)
        {
            now = agenda.NextTicks;
            var events = new List<PoolEvent>();
            while (agenda.NextTicks == now)
                events.Add(agenda.Take());

            waits = events.Any(what => what is PoolEvent.Arrived { AnyRuns: true });
            var inputs = events.SelectMany(what => Happen(what, now)).ToList();
            idle = Step(now, inputs) || events.Exists(what => what is not PoolEvent.Woke) || agenda.Real > 0 ? 0 : idle + 1;
            LetGo(now);
            progress(ledger.Ended, total);
        }

        AskWhy(now);
        return ledger.Close(total, ClosedHours.Of(config, nodes, start, ledger.LastEnd));
    }

    /// <summary>Of those that never end: what the pool itself would say.</summary>
    private void AskWhy(long now)
    {
        if (AllEnded())
            return;

        var time = start.AddTicks(now);
        foreach (var job in state.Jobs.Where(job => !job.State.IsEnded()).ToList())
            ledger.OnUnended(job.Id, state.WhyNever(job, time) is { } why ? new(why.Reason, 1, why.Text) : Unstopped(job));
    }

    private static Explanation Unstopped(Job job) => new(
        job.Reason ?? Reason.Placed, 1, $"has {job.Attempt?.Allocation.NodeNames() ?? "its machines"}, and nothing that is to come ends it");

    private bool AllEnded() => ledger.Ended == total;

    private IReadOnlyList<PoolInput> Happen(PoolEvent what, long now)
    {
        switch (what)
        {
            case PoolEvent.Arrived arrived:
                asking.Add(arrived);
                return [new PoolInput.Submit([new(waits ? arrived.Draft with { Hold = true } : arrived.Draft, "")])];
            case PoolEvent.Woke:
                nextWake = long.MaxValue;
                return [];
            default:
                return workers.Happen(what, now);
        }
    }

    /// <summary>
    /// Of those who came together, those that ran already start before any other may; all keep their place in the queue.
    /// </summary>
    private void LetGo(long now)
    {
        if (held.Count == 0)
            return;

        foreach (var ids in held.ToLookup(job => job.Runs, job => job.Id.ToString()).OrderByDescending(some => some.Key))
            Step(now, [new PoolInput.Release([.. ids], "")]);

        held.Clear();
    }

    /// <returns>True if anything came of it.</returns>
    private bool Step(long now, IReadOnlyList<PoolInput> inputs)
    {
        var result = engine.Step(state, inputs, start.AddTicks(now));
        Answer(result.Replies, now);
        foreach (var job in result.ChangedJobs)
            ledger.OnChanged(job, now);

        workers.Obey(result.Effects, now);
        if (result.WakeAt is { } wake && (wake - start).Ticks is var ticks && ticks < nextWake)
            agenda.Add(nextWake = Math.Max(ticks, now + 1), new PoolEvent.Woke());

        return result.Effects.Count > 0 || result.ChangedJobs.Count > 0;
    }

    /// <summary>Replies come in the order of the inputs, and only submissions are answered with jobs.</summary>
    private void Answer(IReadOnlyList<PoolReply?> replies, long now)
    {
        using var arrivals = asking.GetEnumerator();
        foreach (var reply in replies)
        {
            if (reply is PoolReply.Submitted submitted && arrivals.MoveNext())
                Known(arrivals.Current.Numbered(submitted.Jobs[0].Number), now);
            else if (reply is PoolReply.Rejected rejected)
                throw new InputException(
                    $"{(arrivals.MoveNext() ? arrivals.Current.Job.Where : "nodes")}: refused: {string.Join("; ", rejected.Faults)}");
        }

        asking.Clear();
    }

    private void Known(IEnumerable<(JobId Id, SimulatedJob Job)> jobs, long now)
    {
        foreach (var (id, job) in jobs)
        {
            workers.Known(id, job, now);
            if (waits)
                held.Add((id, job.Runs));
        }
    }
}
