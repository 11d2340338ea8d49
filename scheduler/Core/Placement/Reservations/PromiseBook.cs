using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement.Gangs;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>
/// All promises of a pool. Each pass of a cycle takes them up one by one, in the order of the jobs they were made to, so that a
/// promise binds only those who come after.
/// </summary>
internal sealed class PromiseBook
{
    private readonly SearchTurns _searches = new();
    private readonly Renewal _renewal;
    private readonly PromiseSearch _search;
    private readonly Beside _beside;
    private readonly Gate _gate;
    private List<Promise> _promises = [];
    private List<Promise> _before = [];
    private long _pass;
    private readonly List<Promise> _fresh = [];
    private Job _job = null!;
    private ResourceRequest _request = null!;
    private IReadOnlyList<LoanRule> _loans = [];
    private RunEnd _run;
    private DateTimeOffset _now;

    public PromiseBook()
    {
        var outlook = new Outlook();
        (_renewal, _search, _gate) = (new Renewal(outlook), new PromiseSearch(outlook), MayUse);
        _beside = new Beside(_renewal);
    }

    /// <summary>Promises that stood at the end of the last cycle, in order.</summary>
    public IReadOnlyList<Promise> All => _promises;

    /// <summary>True for what was promised or renewed in the pass before this one, or is already in this one.</summary>
    public bool Stood(Promise promise) => promise.Pass >= _pass - 1;

    /// <summary>A cycle's first pass begins: from here on, promises bind only once they are taken up again.</summary>
    public void BeginCycle(DateTimeOffset now)
    {
        _fresh.Clear();
        _searches.Begin(now, _promises.Count);
        BeginPass();
    }

    /// <summary>A further pass of the same cycle: room that is being made since the cycle began stays the job's for which it is made,
    /// also before jobs ahead of it, which could not have it otherwise.</summary>
    public void BeginNextPass(DateTimeOffset now)
    {
        BeginPass();
        foreach (var takeover in _fresh.Where(promise => promise.Pass == _pass - 1 && promise.Job.State == JobState.Pending))
            Stand(takeover, now);
    }

    private void BeginPass()
    {
        _pass++;
        foreach (var stake in _promises.SelectMany(promise => promise.Stakes)) stake.Slot.Stakes.Clear();
        (_promises, _before) = (_before, _promises);
        _promises.Clear();
    }

    /// <summary>True when a promise that bound others was not taken up again: there may be room for somebody.</summary>
    public bool EndPass()
    {
        var freed = false;
        foreach (var promise in _before) freed |= promise.Binds && promise.Pass != _pass;
        _before.Clear();
        return freed;
    }

    /// <summary>
    /// What a job must leave to those who were promised something before it; null: all is open to it. Valid until asked again.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="loans">What its tier borrows.</param>
    /// <param name="learned">How long it will take by earlier runs; null: it is not known.</param>
    /// <param name="patience">Time for which a job may use what is kept for a moment that is not known.</param>
    /// <param name="now">The present.</param>
    public Gate? GateFor(Job job, IReadOnlyList<LoanRule> loans, TimeSpan? learned, TimeSpan patience, DateTimeOffset now)
    {
        if (_promises.Count == 0) return null;
        (_job, _request, _loans, _now) = (job, job.Spec.Request, loans, now);
        _run = RunEnd.Of(RunBound.Of(job.Spec), learned, patience, now);
        return _gate;
    }

    /// <summary>Promises a job that has no room now the node where it will have it first, or renews what it was promised.</summary>
    /// <param name="map">The pool.</param>
    /// <param name="query">What it needs and may use.</param>
    /// <param name="job">The job.</param>
    /// <param name="last">What it was promised; null: nothing.</param>
    /// <param name="impatient">It has waited for so long that a node is kept even if it is not known when it will be free.</param>
    /// <param name="now">The present.</param>
    /// <param name="candidates">Nodes that could hold it if nothing were promised, where nodes had to be compared; else 1.</param>
    public Promise? Make(PoolMap map, PlacementQuery query, Job job, Promise? last, bool impatient, DateTimeOffset now, out int candidates)
    {
        candidates = 1;
        var mine = last?.Job == job ? last : null;
        // Without time limits, estimates and hours nothing can be foretold; but what is being stopped for a promise ends, too.
        if (!impatient && map.ForeseenHolds == 0 && !map.HasHours && mine?.Binds != true) return null;
        var kept = mine is not null && _renewal.Renew(mine, now) ? mine : null;
        if (kept is null || _searches.Take(kept.SearchedAt)) kept = Search(map, query, job, kept, now, out candidates);
        if (kept is null) return null;
        kept.Binds = impatient || kept.Expected is not null;
        kept.Pass = _pass;
        _promises.Add(kept);
        if (kept.Binds)
        {
            foreach (var stake in kept.Stakes) stake.Slot.Stakes.Add(stake);
        }

        return kept;
    }

    /// <summary>Keeps for a job the room that is being made for it. Null: the nodes can't keep it any more.</summary>
    public Promise? Reserve(Job job, IReadOnlyList<Spot> spots, DateTimeOffset now)
    {
        if (Stand(new Promise(job, spots) { IsTakeover = true, SearchedAt = now }, now) is not { } promise) return null;
        _fresh.Add(promise);
        return promise;
    }

    /// <summary>Renews a promise of room that is being made. Null: those who have it are no longer on their way out.</summary>
    public Promise? Renew(Promise? last, Job job, DateTimeOffset now) =>
        last is { IsTakeover: true } && last.Job == job ? (last.Pass == _pass ? last : Stand(last, now)) : null;

    private Promise? Stand(Promise promise, DateTimeOffset now)
    {
        if (!_renewal.Renew(promise, now) || promise.At is not { } at || at > now) return null;
        promise.Binds = true;
        promise.Pass = _pass;
        _promises.Add(promise);
        foreach (var stake in promise.Stakes) stake.Slot.Stakes.Add(stake);
        return promise;
    }

    /// <summary>A job was granted devices: if they are those it was promised, nothing became free for others.</summary>
    public void Keep(Promise promise, Allocation allocation)
    {
        if (_promises.Remove(promise))
        {
            foreach (var stake in promise.Stakes) stake.Slot.Stakes.Remove(stake);
        }

        promise.Pass = promise.Is(allocation) ? _pass : _pass - 1;
    }

    /// <summary>Somebody was let in on a node: what may still be taken beside its promises is less.</summary>
    public void Recount(NodeSlot slot, DateTimeOffset now)
    {
        foreach (var stake in slot.Stakes) _renewal.Renew(stake.Promise, now);
    }

    private bool MayUse(NodeSlot slot, CardGroup? cards, int count, Card? part)
    {
        if (slot.Stakes.Count == 0) return true;
        var claim = Claim.Of(slot, _request, cards, count, part);
        if (Beside.Counts(slot, claim)) return _beside.Allows(slot, claim, _job, _run.On(slot), Borrows(cards), _now);
        foreach (var stake in slot.Stakes)
        {
            if (stake.Promise.Job != _job && !stake.Allows(claim, _run.On(slot), Borrows(cards))) return false;
        }

        return true;
    }

    private bool Borrows(CardGroup? cards)
    {
        foreach (var loan in _loans)
        {
            if (loan.Class == cards?.Kind.Class) return true;
        }

        return false;
    }

    private static bool IsEarlier(Promise found, Promise kept) =>
        kept.At is null && found.At is null
            ? found.Expected < (kept.Expected ?? DateTimeOffset.MaxValue)
            : found.At < (kept.At ?? DateTimeOffset.MaxValue);

    /// <summary>
    /// Moves to another node only for an earlier moment: a node that drains for a job stays its own. So only those are looked at.
    /// </summary>
    private Promise? Search(PoolMap map, PlacementQuery query, Job job, Promise? kept, DateTimeOffset now, out int candidates)
    {
        kept?.SearchedAt = now;
        var best = _search.Best(map, query, job.Spec, kept?.At, now, out candidates);
        if (kept is not null) candidates = kept.Stakes.Count;
        if (best is null) return kept;
        var found = new Promise(job, best) { SearchedAt = now };
        if (!_renewal.Renew(found, now)) return kept;
        return kept is null || IsEarlier(found, kept) ? found : kept;
    }
}
