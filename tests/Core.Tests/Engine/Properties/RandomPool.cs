using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement.Reservations;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>A pool with fake workers to which anything happens, as bytes say: three bytes are one event. Short, so that a failure
/// shrinks to the few events that matter.</summary>
internal sealed class RandomPool
{
    private static readonly PoolConfig Config = new()
    {
        Backfill = new BackfillConfig { Depth = 2, Patience = TimeSpan.FromMinutes(5) },
        Preemption = new PreemptionConfig { MinRun = TimeSpan.FromSeconds(30), CoolDown = TimeSpan.FromMinutes(3) },
        Tiers = [TierConfig.Shipped[0] with { PreemptsByPriority = 1 }, .. TierConfig.Shipped.Skip(1)],
        Retry = new RetryConfig { First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(30) },
    };

    private static readonly Machine[] Machines =
    [
        new Machine("desk") { Cores = 8 }.With(1, Machine.Rtx4090, 24).With(1, Machine.Rtx3080, 10),
        new Machine("lab") { Cores = 16, ReservedCores = 2 }.With(2, Machine.A100, 80),
        new Machine("studio") { Cores = 4 }.With(1, Machine.Rtx6000Ada, 48),
        new Machine("annex") { Cores = 6, Rack = "cellar" }.With(1, Machine.A100, 80),
        new Machine("cpubox") { Cores = 3, MemoryMib = 8 * 1024 },
    ];

    private readonly PoolConfig _config;
    private readonly PoolEngine _engine;
    private readonly PoolEvents _events;
    private int _sessions;

    /// <param name="quotas">Limits of users and projects; null: none, and everything is ann's.</param>
    /// <param name="policy">How cards are shared.</param>
    /// <param name="power">What each machine can feed; null: everything.</param>
    public RandomPool(QuotaConfig? quotas = null, string policy = "default", NodePower? power = null)
    {
        Workers = [.. Machines.Select(machine => new FakeWorker(machine with { Power = power ?? NodePower.Unbounded }))];
        _config = Config with
        {
            Quotas = quotas ?? new QuotaConfig(),
            Policy = policy,
            Tiers = policy == "default" ? Config.Tiers : TierConfig.Shipped,
            Round = TimeSpan.FromMinutes(2),
        };
        _engine = new PoolEngine(_config);
        HasManyUsers = quotas is not null;
        State = PoolState.Load(_config, Store.Open(), Now);
        _events = new PoolEvents(this);
        foreach (var worker in Workers) Connect(worker);
    }

    /// <summary>Submissions come from several users and projects.</summary>
    public bool HasManyUsers { get; }

    public ModelStore Store { get; } = new();

    public PoolState State { get; private set; }

    public DateTimeOffset Now { get; set; } = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    /// <summary>What was ever decided, for comparing two runs.</summary>
    public Transcript Transcript { get; } = new();

    public IReadOnlyList<FakeWorker> Workers { get; }

    /// <summary>What the last step decided, and what was promised and who was being stopped before it.</summary>
    public LastStep Last { get; private set; } = null!;

    public static BackfillConfig Backfill => Config.Backfill;

    public static PreemptionConfig Preemption => Config.Preemption;

    /// <summary>Jobs and elements that were acknowledged.</summary>
    public List<JobId> Acknowledged { get; } = [];

    /// <summary>Plays bytes; <paramref name="check"/> looks after every event.</summary>
    public RandomPool Play(byte[] bytes, Action<RandomPool>? check = null)
    {
        for (var i = 0; i + 2 < bytes.Length; i += 3)
        {
            _events.Happen(bytes[i], bytes[i + 1], bytes[i + 2]);
            check?.Invoke(this);
        }

        return this;
    }

    /// <summary>One step; its orders reach the workers that are connected.</summary>
    public StepResult Step(params IReadOnlyList<PoolInput> inputs)
    {
        var promised = State.Promises.All.Where(promise => promise.Binds).SelectMany(promise => promise.Stakes)
            .Select(stake => (stake.Promise.Job.Id, stake.Slot.Node.Id, stake.Claim.Part)).ToList();
        var stopping = State.Jobs.Where(job => job.Attempt?.StopCause is not null).Select(job => job.Attempt!.Id).ToHashSet();
        var result = _engine.Step(State, inputs, Now);
        Last = new LastStep(result, promised, stopping);
        Store.Apply(result.Changes);
        Transcript.Note(result, Now);
        foreach (var submitted in result.Replies.OfType<PoolReply.Submitted>()) Acknowledged.AddRange(submitted.Jobs.SelectMany(Ids));
        foreach (var effect in result.Effects)
        {
            if (Workers.Single(worker => worker.Machine.Id == effect.Node) is { Session: not null } worker) worker.Obey(effect);
        }

        return result;
    }

    /// <summary>A worker says hello, then sends what its outbox still has.</summary>
    public void Connect(FakeWorker worker)
    {
        if (Step(worker.Join($"session-{++_sessions}")).Replies[0] is PoolReply.NodeAccepted accepted)
            worker.Forget(accepted.DurableSequence);
        foreach (var report in worker.Outbox.ToList()) Step(report);
    }

    /// <summary>A report: sent when connected, else it stays in the outbox.</summary>
    public void Send(FakeWorker worker, PoolInput.Reported report)
    {
        if (worker.Session is not null) Step(report);
    }

    /// <summary>The scheduler is killed and starts again from its store; every session is gone.</summary>
    public void Restart()
    {
        foreach (var worker in Workers) worker.Leave();
        State = PoolState.Load(_config, Store.Open(), Now);
        Step();
    }

    private IEnumerable<JobId> Ids(AdmittedJob job) =>
        Store.Jobs.Keys.Where(id => id.Number == job.Number).ToList();
}

/// <summary>A step, and how it was before it.</summary>
/// <param name="Result">What it decided.</param>
/// <param name="PromisedBefore">What bound others: to whom, where, and the part of which card.</param>
/// <param name="StoppingBefore">Who was being stopped.</param>
internal sealed record LastStep(
    StepResult Result, IReadOnlyList<(JobId Job, NodeId Node, PartClaim? Part)> PromisedBefore, IReadOnlySet<AttemptId> StoppingBefore);
