using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Grains.Pools;

/// <summary>What a pool holds in memory, and how far it may be trusted.</summary>
internal sealed class PoolMemory(IPoolStore store, PoolRules rules, StorePosition position, TimeProvider clock)
{
    private readonly Dictionary<NodeId, string> _sessions = [];
    private long _firstInDoubt = long.MaxValue;
    private PoolState? _state;

    /// <summary>Changed by steps only. While <see cref="Refusing"/> it is ahead of the store by one failed cycle.</summary>
    public PoolState State => _state ?? throw new InvalidOperationException("The pool has not been loaded.");

    /// <summary>The right to write: an older one's commits fail.</summary>
    public long Epoch { get; private set; }

    /// <summary>Why no step may run now; null when one may.</summary>
    public string? Refusing { get; private set; }

    /// <summary>Reads the store's truth, under a new epoch.</summary>
    public async Task Load(CancellationToken cancellationToken)
    {
        await Read(cancellationToken);
        _sessions.Clear();
    }

    /// <summary>The same after one input has spoilt the memory: workers' sessions go on.</summary>
    public async Task Reload(CancellationToken cancellationToken)
    {
        var spoilt = State;
        await Read(cancellationToken);
        State.KeepSessions(spoilt, _sessions);
    }

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

    private async Task Read(CancellationToken cancellationToken)
    {
        var stored = await store.OpenAsync(cancellationToken);
        _state = PoolState.Load(rules.InForce, stored, clock.GetUtcNow());
        Epoch = stored.Epoch;
        position.Opened(stored);
        Refusing = null;
        _firstInDoubt = long.MaxValue;
    }

    /// <summary>Notes which submissions the commit that follows would make durable.</summary>
    public void Remember(StepResult step) =>
        _firstInDoubt = step.Changes.OfType<StoreChange.JobsAdded>().Select(added => added.Number).DefaultIfEmpty(long.MaxValue).Min();

    /// <summary>The store has made a step's changes durable.</summary>
    public void Committed(long number)
    {
        State.NoteCommit(number);
        position.Committed(number);
    }

    /// <summary>No step until the store was read anew.</summary>
    public void Refuse(string why) => Refusing = why;

    /// <summary>False for a job whose submission was refused because the cycle that admitted it failed.</summary>
    public bool IsAdmitted(Job job) => Refusing is null || job.Id.Number < _firstInDoubt;
}
