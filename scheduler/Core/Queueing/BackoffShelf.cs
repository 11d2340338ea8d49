using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>Jobs that wait a little after a failed attempt.</summary>
internal sealed class BackoffShelf : ISeat
{
    private readonly SortedSet<Job> _byTime = new(Comparer<Job>.Create(Compare));

    /// <summary>When the next one may go on; null: none waits.</summary>
    public DateTimeOffset? Next => _byTime.Min?.EligibleTime;

    public void Add(Job job)
    {
        _byTime.Add(job);
        job.Seat = this;
    }

    /// <summary>Must be called before the job's <see cref="Job.EligibleTime"/> changes.</summary>
    public void Remove(Job job)
    {
        _byTime.Remove(job);
        job.Seat = null;
    }

    /// <summary>Takes out the next job whose wait is over; null: no job's is.</summary>
    public Job? TakeDue(DateTimeOffset now)
    {
        if (_byTime.Min is not { } job || job.EligibleTime > now) return null;
        Remove(job);
        return job;
    }

    private static int Compare(Job x, Job y)
    {
        var byTime = Nullable.Compare(x.EligibleTime, y.EligibleTime);
        return byTime != 0 ? byTime : x.Id.CompareTo(y.Id);
    }
}
