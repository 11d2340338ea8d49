using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>Jobs of one class to which the same device classes are open, in order. Only its first is ever tried.</summary>
internal sealed class Lane(RequestClass requestClass, int stage) : ISeat
{
    private readonly SortedSet<Job> _jobs = new(JobOrder.Instance);

    public RequestClass Class { get; } = requestClass;

    /// <summary>How many spill rules are open.</summary>
    public int Stage { get; } = stage;

    public int Count => _jobs.Count;

    /// <summary>Who is served next; null when nobody waits.</summary>
    public Job? First { get; private set; }

    public void Add(Job job)
    {
        _jobs.Add(job);
        job.Seat = this;
        if (First is null || JobOrder.Instance.Compare(job, First) < 0) First = job;
    }

    /// <summary>Jobs before this one. Walks them: for people who ask, not for cycles.</summary>
    public int CountAhead(Job job) => _jobs.TakeWhile(other => !ReferenceEquals(other, job)).Count();

    public void Remove(Job job)
    {
        _jobs.Remove(job);
        job.Seat = null;
        if (ReferenceEquals(First, job)) First = _jobs.Min;
    }
}
