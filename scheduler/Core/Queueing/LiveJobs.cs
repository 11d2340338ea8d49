using System.Collections;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>Live jobs by id. Numbers are mostly dense, so a page of places takes a quarter of what a hash table would; elements stand
/// with their Arrays. Only pages with a live job are there: numbers may leap, as after a restore, and cost nothing.</summary>
internal sealed class LiveJobs : IReadOnlyCollection<Job>
{
    private const int PageSize = 1024;
    private readonly Dictionary<long, Page> _pages = [];

    /// <summary>Of the pages that are there, in order.</summary>
    private readonly SortedSet<long> _order = [];

    public int Count { get; private set; }

    /// <summary>Every array there ever was, by number.</summary>
    public Dictionary<long, ArrayTally> Arrays { get; } = [];

    public Job? Find(JobId id)
    {
        if (id.IsElement) return Arrays.TryGetValue(id.Number, out var array) ? array.Live.GetValueOrDefault(id.Index) : null;
        return _pages.TryGetValue(id.Number / PageSize, out var page) ? page.Jobs[id.Number % PageSize] : null;
    }

    /// <exception cref="ArgumentException">It is here already.</exception>
    public void Add(Job job)
    {
        if (Find(job.Id) is not null) throw new ArgumentException($"job {job.Id} is live already", nameof(job));
        Count++;
        if (job.Id.IsElement) Arrays[job.Id.Number].Live.Add(job.Id.Index, job);
        else PageOf(job.Id.Number).Put(job.Id.Number % PageSize, job);
    }

    public void Remove(Job job)
    {
        if (Find(job.Id) is null) return;
        Count--;
        if (job.Id.IsElement)
        {
            Arrays[job.Id.Number].Live.Remove(job.Id.Index);
            return;
        }

        var at = job.Id.Number / PageSize;
        _pages[at].Put(job.Id.Number % PageSize, null);
        if (_pages[at].Count > 0) return;
        _pages.Remove(at);
        _order.Remove(at);
    }

    /// <summary>The first so many that are wanted, in submission order, behind one job; null: from the first on. Looks at no more of the
    /// queue than that takes, and at the whole of each array that it comes to.</summary>
    public IReadOnlyList<Job> Behind(JobId? after, Func<Job, bool> wanted, int most)
    {
        var (found, from) = (new List<Job>(), after?.Number ?? 0);
        var arrays = new Queue<long>(ArraysFrom(from));
        foreach (var single in SinglesFrom(from))
        {
            while (found.Count < most && arrays.TryPeek(out var number) && number < single.Id.Number)
                AddElements(found, arrays.Dequeue(), after, wanted, most);
            if (found.Count >= most) return found;
            if ((after is not { } id || single.Id > id) && wanted(single)) found.Add(single);
        }

        while (found.Count < most && arrays.TryDequeue(out var number)) AddElements(found, number, after, wanted, most);
        return found;
    }

    private void AddElements(List<Job> found, long number, JobId? after, Func<Job, bool> wanted, int most) => found.AddRange(
        Arrays[number].Live.Values.Where(job => (after is not { } id || job.Id > id) && wanted(job))
            .OrderBy(job => job.Id.Index).Take(most - found.Count));

    private IEnumerable<long> ArraysFrom(long number) =>
        Arrays.Where(array => array.Key >= number && array.Value.Live.Count > 0).Select(array => array.Key).Order();

    private IEnumerable<Job> SinglesFrom(long number)
    {
        foreach (var at in _order.GetViewBetween(number / PageSize, long.MaxValue))
        {
            foreach (var job in _pages[at].Jobs)
            {
                if (job is not null && job.Id.Number >= number) yield return job;
            }
        }
    }

    public IEnumerator<Job> GetEnumerator()
    {
        foreach (var at in _order)
        {
            foreach (var job in _pages[at].Jobs)
            {
                if (job is not null) yield return job;
            }
        }

        foreach (var array in Arrays.Values)
        {
            foreach (var job in array.Live.Values) yield return job;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Page PageOf(long number)
    {
        var at = number / PageSize;
        if (_pages.TryGetValue(at, out var page)) return page;
        _order.Add(at);
        return _pages[at] = new Page();
    }

    private sealed class Page
    {
        public Job?[] Jobs { get; } = new Job?[PageSize];

        public int Count { get; private set; }

        public void Put(long place, Job? job)
        {
            Jobs[place] = job;
            Count += job is null ? -1 : 1;
        }
    }
}
