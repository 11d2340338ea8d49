using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
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

    private readonly DateTimeOffset start;
    private readonly Agenda agenda = new();
    private readonly PoolEngine engine;
    private readonly PoolState state;
    private readonly WorkerSide workers;
    private readonly Ledger ledger;
    private readonly List<SimulatedJob> asking = [];
    private readonly int total;
    private long nextWake = long.MaxValue;

    /// <param name="start">The date at 0 s: hours of the day and of the week have a meaning.</param>
    public PoolReplay(PoolConfig config, IReadOnlyList<SimulatedNode> nodes, IReadOnlyList<SimulatedJob> jobs, IReadOnlyList<SimulatedFault> faults, DateTimeOffset start)
    {
        this.start = start;
        engine = new(config);
        state = PoolState.Load(config, new StoredPool(1, 1, [], [], [], []), start);
        ledger = new(nodes, jobs.Count == 0 ? 0 : jobs[^1].Submit);
        workers = new(nodes, agenda, ledger, start);
        total = jobs.Count;
        foreach (var job in jobs)
            agenda.Add(Ticks(job.Submit), new PoolEvent.Arrived(job));
        foreach (var fault in faults)
            agenda.Add(Ticks(fault.Start), new PoolEvent.Broke(fault));
    }

    public static double Seconds(long ticks) => (double)ticks / TimeSpan.TicksPerSecond;

    public static long Ticks(double seconds) => (long)Math.Ceiling(seconds * TimeSpan.TicksPerSecond);

    /// <param name="progress">Told how many jobs have ended, of how many.</param>
    public PoolResult Run(Action<int, int> progress)
    {
        Step(0, workers.JoinAll());
        for (var idle = 0; !agenda.IsEmpty && !AllEnded() && idle < Patience;)
        {
            var now = agenda.NextTicks;
            var inputs = new List<PoolInput>();
            var real = false;
            while (agenda.NextTicks == now)
            {
                var what = agenda.Take();
                real |= what is not PoolEvent.Woke;
                inputs.AddRange(Happen(what, now));
            }

            idle = Step(now, inputs) || real || agenda.Real > 0 ? 0 : idle + 1;
            progress(ledger.Ended, total);
        }

        return ledger.Close(total);
    }

    private bool AllEnded() => ledger.Ended == total;

    private IReadOnlyList<PoolInput> Happen(PoolEvent what, long now)
    {
        switch (what)
        {
            case PoolEvent.Arrived arrived:
                asking.Add(arrived.Job);
                return [new PoolInput.Submit([new(arrived.Job.Draft, "")])];
            case PoolEvent.Woke:
                nextWake = long.MaxValue;
                return [];
            default:
                return workers.Happen(what, now);
        }
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
        using var jobs = asking.GetEnumerator();
        foreach (var reply in replies)
        {
            if (reply is PoolReply.Submitted submitted && jobs.MoveNext())
                workers.Known(submitted.Jobs[0].Number, jobs.Current, now);
            else if (reply is PoolReply.Rejected rejected)
                throw new InputException($"{(jobs.MoveNext() ? jobs.Current.Where : "nodes")}: refused: {string.Join("; ", rejected.Faults)}");
        }

        asking.Clear();
    }
}
