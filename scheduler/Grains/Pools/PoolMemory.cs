using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Grains.Pools;

/// <summary>What a pool holds in memory, and how far it may be trusted.</summary>
internal sealed class PoolMemory(IPoolStore store, PoolEngine engine, PoolRules rules, StorePosition position, TimeProvider clock)
{
    private readonly Dictionary<NodeId, string> _sessions = [];
    private long _firstInDoubt = long.MaxValue;
    private PoolState? _state;
    private StateBasis? _basis;

    /// <summary>Changed by steps only. While <see cref="Refusing"/> it is ahead of the store by one failed cycle.</summary>
    public PoolState State => _state ?? throw new InvalidOperationException("The pool has not been loaded.");

    /// <summary>The right to write: an older one's commits fail.</summary>
    public long Epoch { get; private set; }

    /// <summary>Why no step may run now; null when one may.</summary>
    public string? Refusing { get; private set; }

    /// <summary>Reads the store's truth, under a new epoch.</summary>
    public async Task Load(CancellationToken cancellationToken)
    {
        var stored = await Read(cancellationToken);
        Set(PoolState.Load(rules.InForce, stored, clock.GetUtcNow()));
        (_basis, Refusing) = (null, null);
        _sessions.Clear();
    }

    /// <summary>The same after an input has spoilt the memory: workers' sessions go on. The store is read the first time only; until
    /// <see cref="Settle"/> the state is then made anew from what was read, and from the steps since.</summary>
    public async Task Reload(CancellationToken cancellationToken)
    {
        _basis ??= new StateBasis(rules.InForce, await Read(cancellationToken), clock.GetUtcNow(), State, _sessions);
        Set(_basis.Make(engine));
        Refusing = null;
    }

    /// <summary>The memory is trusted again: the next input that spoils it has the store read.</summary>
    public void Settle() => _basis = null;

    /// <summary>Notes whose sessions began and ended with a finished step.</summary>
    public void NoteSessions(IReadOnlyList<PoolInput> inputs, IReadOnlyList<PoolReply?> replies)
    {
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i] is PoolInput.NodeJoined joined && replies[i] is PoolReply.NodeAccepted)
                _sessions[joined.Node] = joined.Session;
            else if (inputs[i] is PoolInput.NodeLeft left && _sessions.GetValueOrDefault(left.Node) == left.Session)
                _sessions.Remove(left.Node);
        }
    }

    private async Task<StoredPool> Read(CancellationToken cancellationToken)
    {
        var stored = await store.OpenAsync(cancellationToken);
        Epoch = stored.Epoch;
        position.Opened(stored);
        return stored;
    }

    private void Set(PoolState state) => (_state, _firstInDoubt) = (state, long.MaxValue);

    /// <summary>A step begins.</summary>
    public void Begin(IReadOnlyList<PoolInput> inputs, DateTimeOffset now) => _basis?.Begin(inputs, now);

    /// <summary>Notes which submissions the commit that follows would make durable.</summary>
    public void Remember(StepResult step) =>
        _firstInDoubt = step.Changes.OfType<StoreChange.JobsAdded>().Select(added => added.Number).DefaultIfEmpty(long.MaxValue).Min();

    /// <summary>The step is durable.</summary>
    /// <param name="commit">The number of its commit; null: it had nothing to write.</param>
    public void Finish(long? commit)
    {
        _basis?.Finish(commit);
        if (commit is not { } number) return;
        State.NoteCommit(number);
        position.Committed(number);
    }

    /// <summary>No step until the store was read anew.</summary>
    public void Refuse(string why) => Refusing = why;

    /// <summary>False for a job whose submission was refused because the cycle that admitted it failed.</summary>
    public bool IsAdmitted(Job job) => Refusing is null || job.Id.Number < _firstInDoubt;
}
