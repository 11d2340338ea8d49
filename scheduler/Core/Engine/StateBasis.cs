using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Engine;

/// <summary>
/// A pool's state as its store held it at one moment, and the steps that became durable since: makes that state anew, any number of
/// times, without a look at the store. Steps are deterministic, so the same steps on the same state give the same state.
/// </summary>
/// <param name="config">The rules in force at that moment.</param>
/// <param name="stored">What the store held. It is copied before a state may change it.</param>
/// <param name="now">That moment.</param>
/// <param name="spoilt">The memory before, for what it knew of the machines; not changed any more.</param>
/// <param name="sessions">Sessions as of the last finished step.</param>
public sealed class StateBasis(
    PoolConfig config, StoredPool stored, DateTimeOffset now, PoolState spoilt, IReadOnlyDictionary<NodeId, string> sessions)
{
    private readonly Dictionary<NodeId, string> _sessions = new(sessions);
    private readonly List<PlayedStep> _steps = [];
    private PlayedStep? _begun;

    /// <summary>A step begins; it counts only once it is durable.</summary>
    public void Begin(IReadOnlyList<PoolInput> inputs, DateTimeOffset at) => _begun = new PlayedStep([.. inputs.Select(Copy)], at, null);

    /// <summary>The step that was begun last is durable.</summary>
    /// <param name="commit">The commit that made it so; null: it changed nothing that the store keeps.</param>
    public void Finish(long? commit)
    {
        if (_begun is { } step) _steps.Add(step with { Commit = commit });
        _begun = null;
    }

    /// <summary>The state after the last durable step. What becomes of it does not touch the next one that is made.</summary>
    /// <param name="engine">The one that decided the steps.</param>
    public PoolState Make(PoolEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _begun = null;
        var copy = stored with
        {
            Jobs = [.. stored.Jobs.Select(job => job.Copy(job.Spec))],
            Nodes = [.. stored.Nodes.Select(node => node.Copy())],
        };
        var state = PoolState.Load(config, copy, now);
        state.KeepSessions(spoilt, _sessions);
        foreach (var step in _steps) Play(engine, state, step);
        return state;
    }

    private static void Play(PoolEngine engine, PoolState state, PlayedStep step)
    {
        engine.Step(state, [.. step.Inputs.Select(Copy)], step.At);
        if (step.Commit is { } commit) state.NoteCommit(commit);
    }

    /// <summary>Ended jobs that a requeue brings along become the state's own: all else in an input never changes.</summary>
    private static PoolInput Copy(PoolInput input) => input is PoolInput.Requeue { Revived.Count: > 0 } requeue
        ? requeue with { Revived = [.. requeue.Revived.Select(job => job.Copy(job.Spec))] }
        : input;

    private sealed record PlayedStep(IReadOnlyList<PoolInput> Inputs, DateTimeOffset At, long? Commit);
}
