using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Testing.Stores;

namespace GpuScheduler.Testing.Pools;

/// <summary>
/// What a store must remember, in memory: it copies everything out of each change, as a real one does, and can be opened at any
/// moment, as after a crash.
/// </summary>
public sealed class ModelStore
{
    private readonly SortedDictionary<JobId, Job> _jobs = [];
    private readonly SortedDictionary<NodeId, Node> _nodes = [];
    private readonly Dictionary<long, JobSpec> _narrowed = [];
    private readonly List<StoredKey> _keys = [];
    private readonly Dictionary<AccountId, StoredUse> _uses = [];
    private readonly Dictionary<JobFamily, FamilyFacts> _families = [];
    private long _nextNumber = 1;
    private long _epoch;
    private long _commit;
    private StoreIdentity _identity = new("model", 1);

    /// <summary>Every attempt ever saved, as it was saved last.</summary>
    public Dictionary<AttemptId, Attempt> Attempts { get; } = [];

    /// <summary>Every job ever added, as it was saved last.</summary>
    public IReadOnlyDictionary<JobId, Job> Jobs => _jobs;

    public void Apply(IReadOnlyList<StoreChange> changes)
    {
        _commit++;
        foreach (var change in changes) Apply(change);
    }

    /// <summary>What an opening scheduler would read; nothing in it is shared with the running one.</summary>
    public StoredPool Open() => new(
        ++_epoch,
        _nextNumber,
        [.. _jobs.Values.Where(job => !job.State.IsEnded()).Select(Load)],
        [.. _jobs.Values.Where(job => job.State.IsEnded()).Select(job => new EndedJob(job.Id, job.State))],
        [.. _nodes.Values.Select(Copies.Of)],
        [.. _keys])
    {
        Identity = _identity,
        Commit = _commit,
        Uses = [.. _uses.Values],
        Families = [.. _families.Values],
    };

    /// <summary>A job with its newest attempt, live or ended; shared with nobody.</summary>
    public Job Read(JobId id) => Load(_jobs[id]);

    private void Apply(StoreChange change)
    {
        switch (change)
        {
            case StoreChange.JobsAdded added:
                Add(added);
                break;
            case StoreChange.SpecSaved saved:
                _narrowed[saved.Number] = saved.Spec;
                break;
            case StoreChange.JobSaved saved:
                Save(saved.Job);
                break;
            case StoreChange.AttemptSaved saved:
                Attempts[saved.Attempt.Id] = Copies.Of(saved.Attempt);
                break;
            case StoreChange.NodeSaved saved:
                _nodes[saved.Node.Id] = Copies.Of(saved.Node);
                break;
            case StoreChange.UseSaved saved:
                _uses[saved.Account] = new StoredUse(saved.Account, saved.Use, saved.Time);
                break;
            case StoreChange.FamilySaved saved:
                _families[saved.Facts.Family] = saved.Facts;
                break;
            case StoreChange.FamilyForgotten forgotten:
                _families.Remove(forgotten.Family);
                break;
            case StoreChange.GenerationRaised raised:
                _identity = _identity with { Generation = Math.Max(_identity.Generation, raised.Generation) };
                _nextNumber = Math.Max(_nextNumber, raised.NextJobNumber);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change, "a change that the model store doesn't know");
        }
    }

    private void Save(Job job)
    {
        _jobs[job.Id] = Copies.Of(job);
        if (job.Attempt is { } newest) Attempts[newest.Id] = Copies.Of(newest);
    }

    private Job Load(Job stored)
    {
        var job = Copies.Of(stored, _narrowed.GetValueOrDefault(stored.Id.Number, stored.Spec));
        job.Attempt = Attempts.TryGetValue(new AttemptId(job.Id, job.AttemptNumber), out var newest) ? Copies.Of(newest) : null;
        return job;
    }

    private void Add(StoreChange.JobsAdded added)
    {
        _nextNumber = Math.Max(_nextNumber, added.Number + 1);
        foreach (var job in added.Jobs) Save(job);
        if (added.IdempotencyKey.Length == 0) return;
        _keys.Add(new StoredKey(added.IdempotencyKey, added.Number, added.Jobs.Count, added.Spec.Tier, added.Spec.TierDerivedFrom));
    }
}
