using GpuScheduler.Core.FairShare;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Quotas;

namespace GpuScheduler.Core.Queueing;

/// <summary>
/// Jobs of one class to which the same device classes are open: a line for each account, and the best of their first jobs. Only that
/// one is ever tried, and what has no room for it has none for the others.
/// </summary>
internal sealed class Lane(RequestClass requestClass, int stage, Ranking ranking, AccountBook accounts)
{
    private readonly Dictionary<(Account Account, bool Dated), AccountLine> _lines = [];
    private readonly LineHeap _open = new();
    private readonly List<AccountLine> _untilFreed = [];
    private long _freedVersion;

    public RequestClass Class { get; } = requestClass;

    /// <summary>How many spill rules are open.</summary>
    public int Stage { get; } = stage;

    /// <summary>Jobs, those behind a limit included.</summary>
    public int Count { get; private set; }

    /// <summary>Jobs that ever came.</summary>
    public long Arrivals { get; private set; }

    /// <summary>
    /// Whose job is served next; null when none waits, or none may. Kept here, as the job is: a cycle asks every lane.
    /// </summary>
    public AccountLine? Best { get; private set; }

    /// <summary>Who is served next; null when none waits, or none may.</summary>
    public Job? First { get; private set; }

    /// <summary>Jobs that no limit keeps, in the order of serving. Lazy: the first few cost no more than a look at each line.</summary>
    public IEnumerable<Job> Jobs
    {
        get
        {
            var next = new PriorityQueue<(AccountLine Line, IEnumerator<Job> Jobs), Rank>();
            foreach (var line in _lines.Values.Where(line => line.Parked is null)) Advance(next, line, line.Jobs.GetEnumerator());
            while (next.TryDequeue(out var first, out _))
            {
                yield return first.Jobs.Current;
                Advance(next, first.Line, first.Jobs);
            }
        }
    }

    public void Add(Job job)
    {
        var line = LineOf(job);
        line.Add(job);
        Count++;
        Arrivals++;
        if (line.Parked is not null) return;
        if (line.Index < 0) Open(line);
        else if (ReferenceEquals(line.First, job)) Rerank(line);
    }

    /// <summary>A line has lost a job.</summary>
    public void OnRemoved(AccountLine line)
    {
        Count--;
        if (line.Index < 0) return;
        if (line.First is null) Close(line);
        else if (line.Rank.Id != line.First.Id) Rerank(line);
    }

    /// <summary>Brings a line's rank up to date.</summary>
    public void Renew(AccountLine line)
    {
        if (line.Index >= 0) Rerank(line);
    }

    /// <summary>Lets those try again for whom something became free.</summary>
    public void Refresh(long freedVersion)
    {
        if (_untilFreed.Count == 0 || _freedVersion == freedVersion) return;
        foreach (var line in _untilFreed) Unpark(line);
        _untilFreed.Clear();
    }

    /// <summary>A limit keeps a line from starting anything; the others go on.</summary>
    public void Park(AccountLine line, QuotaHit hit)
    {
        Close(line);
        line.Parked = hit;
        hit.Tally.Wait(line);
    }

    /// <summary>The limit leaves a line devices on which there is no room now.</summary>
    public void ParkUntilFreed(AccountLine line, QuotaHit hit, long freedVersion)
    {
        if (_freedVersion != freedVersion) Refresh(freedVersion);
        Park(line, hit);
        _untilFreed.Add(line);
        _freedVersion = freedVersion;
    }

    /// <summary>What a line was kept by is no longer so: it may try again.</summary>
    public void Unpark(AccountLine line)
    {
        if (line.Parked is null) return;
        line.Parked.Tally.Forget(line);
        line.Parked = null;
        if (line.First is not null) Open(line);
    }

    /// <summary>Jobs that would be served before this one. Walks them: for people who ask, not for cycles.</summary>
    public int CountAhead(Job job, Account account)
    {
        var rank = ranking.Of(job, account);
        var dated = job.Spec.Deadline is not null;
        return _lines.Sum(pair => pair.Value.Parked is not null ? 0 : pair.Key == (account, dated)
            ? pair.Value.Jobs.TakeWhile(other => !ReferenceEquals(other, job)).Count()
            : pair.Value.Jobs.Count(other => ranking.Of(other, pair.Key.Account).CompareTo(rank) < 0));
    }

    private void Advance(PriorityQueue<(AccountLine Line, IEnumerator<Job> Jobs), Rank> next, AccountLine line, IEnumerator<Job> jobs)
    {
        if (jobs.MoveNext()) next.Enqueue((line, jobs), ranking.Of(jobs.Current, line.Account));
    }

    private AccountLine LineOf(Job job)
    {
        var key = (accounts.Of(job.Spec.Draft), job.Spec.Deadline is not null);
        if (_lines.TryGetValue(key, out var line)) return line;
        _lines[key] = line = new AccountLine(this, key.Item1, ranking);
        ranking.Add(line);
        return line;
    }

    private void Open(AccountLine line)
    {
        line.Rank = ranking.Of(line.First!, line.Account);
        _open.Add(line);
        NoteFirst();
    }

    private void Close(AccountLine line)
    {
        _open.Remove(line);
        NoteFirst();
    }

    private void Rerank(AccountLine line)
    {
        line.Rank = ranking.Of(line.First!, line.Account);
        _open.Moved(line);
        NoteFirst();
    }

    private void NoteFirst() => (Best, First) = (_open.Best, _open.Best?.First);
}
