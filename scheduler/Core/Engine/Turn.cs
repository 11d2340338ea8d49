using GpuScheduler.Core.Config;
using GpuScheduler.Core.FairShare;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Engine;

/// <summary>One step as it happens: collects what it changes, each thing once, in the order of first change.</summary>
internal sealed class Turn(PoolState state, DateTimeOffset now)
{
    private readonly List<StoreChange> _changes = [];
    private readonly List<PoolEffect> _effects = [];
    private readonly HashSet<Job> _savedJobs = [];
    private readonly HashSet<Job> _seenJobs = [];
    private readonly HashSet<Attempt> _savedAttempts = [];
    private readonly HashSet<Node> _savedNodes = [];
    private readonly HashSet<Node> _seenNodes = [];
    private readonly HashSet<Account> _usedBy = [];
    private readonly HashSet<JobFamily> _learned = [];
    private readonly List<JobFamily> _learnedInOrder = [];
    private readonly List<Job> _changedJobs = [];
    private readonly List<Node> _changedNodes = [];
    private readonly SortedDictionary<NodeId, long> _acknowledged = [];

    public PoolState State { get; } = state;

    public PoolConfig Config => State.Config;

    public DateTimeOffset Now { get; } = now;

    public List<PoolReply?> Replies { get; } = [];

    /// <summary>Numbers of jobs that started or ended, for those that depend on them.</summary>
    public Queue<long> Happened { get; } = [];

    /// <summary>Jobs were admitted.</summary>
    public void Added(StoreChange.JobsAdded added)
    {
        _changes.Add(added);
        foreach (var job in added.Jobs) Show(job);
    }

    /// <summary>What a submission asks for was narrowed.</summary>
    public void Narrowed(StoreChange.SpecSaved narrowed) => _changes.Add(narrowed);

    /// <summary>The store begins a new generation.</summary>
    public void Raised(StoreChange.GenerationRaised raised) => _changes.Add(raised);

    /// <summary>A job changed, and with it perhaps its newest attempt.</summary>
    public void Save(Job job)
    {
        if (_savedJobs.Add(job)) _changes.Add(new StoreChange.JobSaved(job));
        if (job.Attempt is { EndCause: null } attempt) NoteTimes(attempt);
        Show(job);
    }

    /// <summary>An attempt changed that is no longer its job's newest.</summary>
    public void Save(Attempt attempt)
    {
        if (_savedAttempts.Add(attempt)) _changes.Add(new StoreChange.AttemptSaved(attempt));
    }

    /// <summary>True when the job, and so its newest attempt, changed in this step.</summary>
    public bool HasSaved(Job job) => _savedJobs.Contains(job);

    /// <summary>What an account's ended attempts used is more than it was.</summary>
    public void SaveUse(Account account) => _usedBy.Add(account);

    /// <summary>Something was learned of a family.</summary>
    public void Save(JobFamily family)
    {
        if (_learned.Add(family)) _learnedInOrder.Add(family);
    }

    /// <summary>A family was not heard of for longer than all others.</summary>
    public void Forget(JobFamily family) => _changes.Add(new StoreChange.FamilyForgotten(family));

    /// <summary>A node changed.</summary>
    public void Save(Node node)
    {
        SaveUnseen(node);
        Show(node);
    }

    /// <summary>A node changed in a way that can't be seen.</summary>
    public void SaveUnseen(Node node)
    {
        if (_savedNodes.Add(node)) _changes.Add(new StoreChange.NodeSaved(node));
    }

    /// <summary>A node looks different although nothing durable of it changed.</summary>
    public void Show(Node node)
    {
        if (_seenNodes.Add(node)) _changedNodes.Add(node);
    }

    /// <summary>To be sent once the changes are durable.</summary>
    public void Send(PoolEffect effect) => _effects.Add(effect);

    /// <summary>Reports of a node up to here will be durable.</summary>
    public void Acknowledge(NodeId node, long sequence) =>
        _acknowledged[node] = Math.Max(sequence, _acknowledged.GetValueOrDefault(node, sequence));

    public StepResult Finish(DateTimeOffset? wakeAt)
    {
        foreach (var (node, sequence) in _acknowledged) _effects.Add(new PoolEffect.AckReports(node, sequence));
        foreach (var account in _usedBy) _changes.Add(State.Accounting.Settled(account, Now));
        foreach (var family in _learnedInOrder)
        {
            if (State.Families.Of(family) is { } facts) _changes.Add(new StoreChange.FamilySaved(facts));
        }

        return new StepResult(_changes, _effects, Replies, _changedJobs, _changedNodes, wakeAt);
    }

    /// <summary>It may have started, or was asked to stop: its nodes expect its end at another moment.</summary>
    private void NoteTimes(Attempt attempt)
    {
        foreach (var share in attempt.Allocation.Nodes) State.Map.Find(share.Node)?.Releases.Forget();
    }

    private void Show(Job job)
    {
        if (_seenJobs.Add(job)) _changedJobs.Add(job);
    }
}
