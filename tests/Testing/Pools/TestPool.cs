using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Testing.Pools;

/// <summary>
/// A pool to write tests against: a real engine on a model store, with a clock that the test moves. Reports are numbered as a
/// worker would; whatever a step decides is kept in <see cref="Last"/> and applied to <see cref="Store"/>.
/// </summary>
public sealed class TestPool
{
    private readonly Dictionary<NodeId, long> _sequences = [];
    private int _sessions;

    public TestPool(PoolConfig? config = null)
    {
        Config = config ?? new PoolConfig();
        Engine = new PoolEngine(Config);
        State = PoolState.Load(Config, Store.Open(), Now);
    }

    public PoolConfig Config { get; }

    public PoolEngine Engine { get; private set; }

    public PoolState State { get; private set; }

    public ModelStore Store { get; } = new();

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    /// <summary>What the last step decided.</summary>
    public StepResult Last { get; private set; } = new([], [], [], [], [], null);

    /// <summary>Every order to start, stop or save so far, oldest first.</summary>
    public List<PoolEffect> Effects { get; } = [];

    /// <summary>One step.</summary>
    public StepResult Step(params IReadOnlyList<PoolInput> inputs)
    {
        Last = Engine.Step(State, inputs, Now);
        Store.Apply(Last.Changes);
        Effects.AddRange(Last.Effects);
        return Last;
    }

    /// <summary>Time passes, then one step.</summary>
    public StepResult After(TimeSpan span)
    {
        Now += span;
        return Step();
    }

    /// <summary>The scheduler is killed and started again from its store.</summary>
    public TestPool Restart()
    {
        Engine = new PoolEngine(Config);
        State = PoolState.Load(Config, Store.Open(), Now);
        return this;
    }

    /// <summary>Machines join with what they still hold.</summary>
    public TestPool Join(params IReadOnlyList<Machine> machines)
    {
        foreach (var machine in machines) Join(machine, []);
        return this;
    }

    public PoolReply? Join(Machine machine, IReadOnlyList<HeldAttempt> held, string boot = "boot-1") =>
        Step(new PoolInput.NodeJoined(machine.Id, $"session-{++_sessions}", boot, "1.0", machine.Inventory, held)).Replies[0];

    /// <summary>A machine's session ends.</summary>
    public StepResult Leave(string node) =>
        Step(new PoolInput.NodeLeft(new NodeId(node), State.FindNode(new NodeId(node))?.Session ?? "", "connection lost"));

    /// <summary>Submits one job (or array); returns its id, or the whole array's.</summary>
    public JobId Submit(JobDraft draft) => TrySubmit(draft) switch
    {
        PoolReply.Submitted submitted => new JobId(submitted.Jobs[0].Number),
        PoolReply.Rejected rejected => throw new InvalidOperationException(string.Join("; ", rejected.Faults)),
        _ => throw new InvalidOperationException("no answer to a submission"),
    };

    public PoolReply? TrySubmit(params IReadOnlyList<JobDraft> drafts) =>
        Step(new PoolInput.Submit([.. drafts.Select(draft => new JobSubmission(draft, ""))])).Replies[0];

    /// <summary>A live job.</summary>
    public Job this[JobId id] => State.FindJob(id) ?? throw new InvalidOperationException($"job {id} is not live");

    /// <summary>A job as the store has it, live or ended.</summary>
    public Job Stored(JobId id) => Store.Jobs[id];

    /// <summary>Where a job is: <c>lab-a100: GPU-lab-a100-0</c>, several nodes apart by a semicolon, or <c>-</c>.</summary>
    public string PlaceOf(JobId id) => State.FindJob(id) is { Attempt: { } attempt } job && job.State.HoldsAllocation()
        ? string.Join(
            "; ",
            attempt.Allocation.Nodes.Select(
                share => $"{share.Node}: {string.Join(" ", share.Devices.Select(device => device.Uuid))}".TrimEnd(' ', ':')))
        : "-";

    /// <summary>Why a job waits.</summary>
    public Reason? ReasonOf(JobId id) => State.ReasonOf(this[id], Now)?.Reason;

    /// <summary>The worker of a job's newest attempt reports.</summary>
    public StepResult Report(JobId id, AttemptEvent happened) => Report(this[id].Attempt!, happened);

    public StepResult Report(Attempt attempt, AttemptEvent happened) => Step(Reported(attempt, happened));

    /// <summary>One rank of a gang reports.</summary>
    public StepResult ReportRank(JobId id, int rank, AttemptEvent happened) => Step(Reported(this[id].Attempt!, happened, rank));

    /// <summary>A report with the next number of its worker's outbox.</summary>
    public PoolInput.Reported Reported(Attempt attempt, AttemptEvent happened, int rank = 0)
    {
        var node = attempt.Allocation.Nodes[rank].Node;
        var sequence = _sequences[node] = _sequences.GetValueOrDefault(node) + 1;
        return new PoolInput.Reported(node, sequence, attempt.Id, Now, happened);
    }

    /// <summary>All its processes run.</summary>
    public StepResult Start(JobId id, long? from = null) => ReportAll(id, new AttemptEvent.Started(from));

    public StepResult Save(JobId id, long step) => Report(id, new AttemptEvent.Saved(new Checkpoint(step, $"step-{step}", 1, "", Now)));

    /// <summary>All its processes exit.</summary>
    public StepResult Exit(JobId id, int code = 0) => ReportAll(id, Exited(code));

    /// <summary>All its processes end.</summary>
    public StepResult End(JobId id, EndCause cause, int? code = null) => ReportAll(id, new AttemptEvent.Ended(cause, code, null, ""));

    public static AttemptEvent Exited(int code) => new AttemptEvent.Ended(EndCause.Exited, code, code > 128 ? code - 128 : null, "");

    /// <summary>Every rank that lives reports the same, one after the other.</summary>
    private StepResult ReportAll(JobId id, AttemptEvent happened)
    {
        var attempt = this[id].Attempt!;
        for (var rank = 0; rank < attempt.Allocation.Nodes.Count; rank++)
        {
            if (attempt.Ranks.Count == 0 || attempt.Ranks[rank].EndTime is null) Step(Reported(attempt, happened, rank));
        }

        return Last;
    }
}
