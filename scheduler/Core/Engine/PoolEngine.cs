using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Engine;

/// <summary>Every decision of a pool. Deterministic: the same state, inputs and time give the same result.</summary>
public sealed class PoolEngine(PoolConfig config)
{
    /// <summary>The rules in force.</summary>
    public PoolConfig Config { get; } = config;

    /// <summary>Takes the inputs in order, then leases, order, placement. Changes <paramref name="state"/> in place.</summary>
    public StepResult Step(PoolState state, IReadOnlyList<PoolInput> inputs, DateTimeOffset now) => throw new InvalidOperationException("not here yet");

    /// <summary>Why a job is where it is; never empty for a waiting job.</summary>
    public IReadOnlyList<Explanation> Explain(PoolState state, Job job, DateTimeOffset now) => throw new InvalidOperationException("not here yet");
}

/// <summary>One line of an explanation.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Count">Devices or nodes it applies to, or jobs ahead.</param>
/// <param name="Text">For people.</param>
public sealed record Explanation(Reason Reason, int Count, string Text);

/// <summary>Everything a pool knows. Changed only by <see cref="PoolEngine.Step"/>; readable between steps.</summary>
public sealed class PoolState
{
    /// <summary>The state as a store remembers it. Nodes with live attempts count as silent since <paramref name="now"/>.</summary>
    public static PoolState Load(PoolConfig config, StoredPool stored, DateTimeOffset now) => throw new InvalidOperationException("not here yet");

    /// <summary>Jobs that have not ended, and none else, in no particular order.</summary>
    public IReadOnlyCollection<Job> Jobs => throw new InvalidOperationException("not here yet");

    /// <summary>Nodes, sorted by name.</summary>
    public IReadOnlyList<Node> Nodes => throw new InvalidOperationException("not here yet");

    /// <summary>A job that has not ended; null otherwise.</summary>
    public Job? FindJob(JobId id) => throw new InvalidOperationException("not here yet");

    /// <summary>What is granted on a node now.</summary>
    public NodeUse UseOf(NodeId node) => throw new InvalidOperationException("not here yet");

    /// <summary>Why a pending job waits, or why it is held; never null for a waiting job.</summary>
    public (Reason Reason, string Text)? ReasonOf(Job job, DateTimeOffset now) => throw new InvalidOperationException("not here yet");
}

/// <summary>What is granted on a node.</summary>
/// <param name="CpuCores">Cores granted.</param>
/// <param name="MemoryMib">Host memory granted, MiB.</param>
/// <param name="JobsByDevice">Jobs on each card, by uuid; cards without one are left out.</param>
/// <param name="Jobs">All jobs on the node, sorted.</param>
public sealed record NodeUse(
    int CpuCores, long MemoryMib, IReadOnlyDictionary<string, IReadOnlyList<JobId>> JobsByDevice, IReadOnlyList<JobId> Jobs);
