using System.Collections;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>Live jobs by id. Numbers are dense, so a page of places takes a quarter of what a hash table would; elements stand with
/// their Arrays. Pages whose jobs have all ended are let go.</summary>
internal sealed class LiveJobs : IReadOnlyCollection<Job>
{
    private const int PageSize = 1024;
    private readonly List<Page?> _pages = [];

    public int Count { get; private set; }

    /// <summary>Every array there ever was, by number.</summary>
    public Dictionary<long, ArrayTally> Arrays { get; } = [];

    public Job? Find(JobId id)
    {
        if (id.IsElement) return Arrays.TryGetValue(id.Number, out var array) ? array.Live.GetValueOrDefault(id.Index) : null;
        // People may name numbers far beyond any job's.
        var at = id.Number / PageSize;
        return at < _pages.Count ? _pages[(int)at]?.Jobs[id.Number % PageSize] : null;
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

        var at = (int)(job.Id.Number / PageSize);
        _pages[at]!.Put(job.Id.Number % PageSize, null);
        if (_pages[at]!.Count == 0) _pages[at] = null;
    }

    public IEnumerator<Job> GetEnumerator()
    {
        foreach (var page in _pages)
        {
            foreach (var job in page?.Jobs ?? [])
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
        var at = (int)(number / PageSize);
        while (_pages.Count <= at) _pages.Add(null);
        return _pages[at] ??= new Page();
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
