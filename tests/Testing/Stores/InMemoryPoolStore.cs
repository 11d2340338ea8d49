using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Testing.Stores;

/// <summary>
/// A store that forgets with the process, held to the same contract as the durable ones. It keeps copies, so a test also sees
/// a change that the engine made but never saved. "Restart" a scheduler by opening the same object again.
/// </summary>
public sealed class InMemoryPoolStore : IPoolStore
{
    private const int KeptKeys = 100_000;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<JobId, Job> _jobs = [];
    private readonly Dictionary<JobId, SortedDictionary<int, Attempt>> _attempts = [];
    private readonly Dictionary<JobId, long> _turns = [];
    private readonly SortedDictionary<NodeId, Node> _nodes = [];
    private readonly Dictionary<long, JobSpec> _narrowed = [];
    private readonly List<StoredKey> _keys = [];
    private readonly Dictionary<string, string> _texts = [];
    private long _epoch;
    private long _commit;
    private readonly List<OpeningMark> _openings = [];
    private StoreIdentity _identity = new("in-memory", 1);
    private readonly Dictionary<AccountId, StoredUse> _uses = [];
    private readonly Dictionary<JobFamily, FamilyFacts> _families = [];
    private long _nextNumber = 1;
    private volatile bool _full;

    /// <summary>While true, commits fail as on a full disk.</summary>
    public bool Full
    {
        get => _full;
        set => _full = value;
    }

    /// <summary>Runs before each commit, outside any lock; what it throws, the commit throws, and nothing is written.</summary>
    public Func<IReadOnlyList<StoreChange>, Task>? Committing { get; set; }

    public Task<StoredPool> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var live = _jobs.Values.Where(job => !job.State.IsEnded()).Select(Load_NeedsLock).ToList();
            var ended = _jobs.Values.Where(job => job.State.IsEnded()).Select(job => new EndedJob(job.Id, job.State)).ToList();
            return Task.FromResult(new StoredPool(++_epoch, _nextNumber, live, ended, [.. _nodes.Values.Select(Copies.Of)], [.. _keys])
            {
                Identity = _identity,
                Commit = _commit,
                Openings = Openings_NeedsLock(),
                Uses =
                [
                    .. _uses.Values.OrderBy(use => use.Account.Project, StringComparer.Ordinal).ThenBy(
                        use => use.Account.User, StringComparer.Ordinal),
                ],
                Families =
                [
                    .. _families.Values.OrderBy(facts => facts.Seen).ThenBy(facts => facts.Family.User, StringComparer.Ordinal)
                        .ThenBy(facts => facts.Family.Project, StringComparer.Ordinal).ThenBy(
                            facts => facts.Family.Name, StringComparer.Ordinal),
                ],
            });
        }
    }

    public async Task<long> CommitAsync(long epoch, IReadOnlyList<StoreChange> changes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Committing is { } committing) await committing(changes);
        if (Full) throw new StoreFullException("The store is full; nothing was written.", new IOException("no space left"));
        lock (_gate)
        {
            if (epoch != _epoch) throw new StaleEpochException($"Epoch {_epoch} owns the store; epoch {epoch} can't commit any more.");
            RefuseUnknownJobs_NeedsLock(changes);
            foreach (var change in changes)
                Write_NeedsLock(change);
            return ++_commit;
        }
    }

    public Task<bool> IsWritableAsync(CancellationToken cancellationToken) => Task.FromResult(!Full);

    public Task<string?> ReadTextAsync(string hash, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_texts.GetValueOrDefault(hash));
    }

    public Task<IReadOnlyList<StoredJob>> FindJobsAsync(JobQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1_000_000);
        var wanted = query.Ids.ToHashSet();
        lock (_gate)
        {
            var found = (query.OldestFirst ? _jobs.Values : _jobs.Values.Reverse())
                .Where(job => Matches(query, wanted, job) && Turned_NeedsLock(query, job)).Take(query.Limit);
            return Task.FromResult<IReadOnlyList<StoredJob>>(
                [.. found.Select(job => new StoredJob(Load_NeedsLock(job), [.. Attempts_NeedsLock(job.Id).TakeLast(query.Attempts)]))]);
        }
    }

    private bool Turned_NeedsLock(JobQuery query, Job job)
    {
        var turn = _turns.GetValueOrDefault(job.Id);
        return (query.EndedAt is not { } then || job.State.IsEnded() == turn <= then)
            && (query.TurnedAfter is not { } after || turn > after);
    }

    private static bool Matches(JobQuery query, HashSet<JobId> wanted, Job job) =>
        (wanted.Count == 0 || wanted.Contains(job.Id) || (!query.ExactIds && wanted.Contains(new JobId(job.Id.Number))))
        && (query.User.Length == 0 || job.Spec.User == query.User)
        && (query.Tier.Length == 0 || job.Spec.Tier == query.Tier)
        && (query.Name.Length == 0 || job.Spec.Name == query.Name)
        && (query.States.Count == 0 || query.States.Contains(job.State))
        && (query.After is not { } after || job.Id.CompareTo(after) > 0)
        && (query.Before is not { } before || job.Id.CompareTo(before) < 0)
        && (!query.EndedOnly || job.State.IsEnded());

    private void RefuseUnknownJobs_NeedsLock(IReadOnlyList<StoreChange> changes)
    {
        var added = changes.OfType<StoreChange.JobsAdded>().SelectMany(change => change.Jobs).Select(job => job.Id).ToHashSet();
        foreach (var saved in changes.OfType<StoreChange.JobSaved>().Select(change => change.Job.Id))
            if (!_jobs.ContainsKey(saved) && !added.Contains(saved))
                throw new InvalidOperationException($"job {saved} was saved but never added");
        foreach (var again in added.Where(_jobs.ContainsKey))
            throw new InvalidOperationException($"job {again} was added twice");
    }

    private void Write_NeedsLock(StoreChange change)
    {
        switch (change)
        {
            case StoreChange.JobsAdded added: Add_NeedsLock(added); break;
            case StoreChange.SpecSaved saved: _narrowed[saved.Number] = saved.Spec; break;
            case StoreChange.JobSaved saved: Save_NeedsLock(saved.Job); break;
            case StoreChange.AttemptSaved saved: Save_NeedsLock(saved.Attempt); break;
            case StoreChange.NodeSaved saved: _nodes[saved.Node.Id] = Copies.Of(saved.Node); break;
            case StoreChange.UseSaved saved: _uses[saved.Account] = new StoredUse(saved.Account, saved.Use, saved.Time); break;
            case StoreChange.FamilySaved saved: _families[saved.Facts.Family] = saved.Facts; break;
            case StoreChange.FamilyForgotten forgotten: _families.Remove(forgotten.Family); break;
            case StoreChange.GenerationRaised raised: Raise_NeedsLock(raised); break;
            default: throw new InvalidOperationException($"The store doesn't know the change {change.GetType().Name}.");
        }
    }

    private List<OpeningMark> Openings_NeedsLock()
    {
        _openings.Add(new OpeningMark($"opening-{_epoch}", _commit + 1));
        return [.. _openings];
    }

    private void Raise_NeedsLock(StoreChange.GenerationRaised raised)
    {
        _identity = _identity with { Generation = Math.Max(_identity.Generation, raised.Generation) };
        _nextNumber = Math.Max(_nextNumber, raised.NextJobNumber);
    }

    private void Add_NeedsLock(StoreChange.JobsAdded added)
    {
        if (added.Script is { } script) _texts[added.Spec.Draft.KeptScript!.Hash] = script;
        foreach (var job in added.Jobs)
            Save_NeedsLock(job);
        _nextNumber = Math.Max(_nextNumber, checked(added.Number + 1));
        if (added.IdempotencyKey.Length == 0) return;
        _keys.Add(new StoredKey(added.IdempotencyKey, added.Number, added.Jobs.Count, added.Spec.Tier, added.Spec.TierDerivedFrom));
        if (_keys.Count > KeptKeys) _keys.RemoveRange(0, _keys.Count - KeptKeys);
    }

    private void Save_NeedsLock(Job job)
    {
        if ((_jobs.TryGetValue(job.Id, out var before) && before.State.IsEnded()) != job.State.IsEnded()) _turns[job.Id] = _commit + 1;
        _jobs[job.Id] = Copies.Of(job);
        if (job.Attempt is { } attempt) Save_NeedsLock(attempt);
    }

    private void Save_NeedsLock(Attempt attempt)
    {
        if (!_attempts.TryGetValue(attempt.Id.Job, out var attempts)) _attempts[attempt.Id.Job] = attempts = [];
        attempts[attempt.Id.Number] = Copies.Of(attempt);
    }

    private Job Load_NeedsLock(Job stored)
    {
        var job = Copies.Of(stored, _narrowed.GetValueOrDefault(stored.Id.Number, stored.Spec));
        job.Attempt = Attempts_NeedsLock(job.Id).LastOrDefault(attempt => attempt.Id.Number == job.AttemptNumber);
        return job;
    }

    private List<Attempt> Attempts_NeedsLock(JobId id) =>
        _attempts.TryGetValue(id, out var attempts) ? [.. attempts.Values.Select(Copies.Of)] : [];
}
