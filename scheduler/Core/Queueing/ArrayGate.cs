using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>
/// An array's own limit (<c>%8</c>). At most that many elements are in the queue or running at once; the rest wait here, so that
/// a limited array never stands in the way of others.
/// </summary>
internal sealed class ArrayGate(int limit) : ISeat
{
    private readonly SortedSet<Job> _waiting = new(JobOrder.Instance);
    private readonly HashSet<int> _passed = [];

    /// <summary>Elements that may be out at once.</summary>
    public int Limit => limit;

    /// <summary>Lets an element pass, or keeps it here.</summary>
    public bool TryPass(Job job)
    {
        if (_passed.Contains(job.Id.Index) || _passed.Count < limit)
        {
            _passed.Add(job.Id.Index);
            return true;
        }

        _waiting.Add(job);
        job.Seat = this;
        return false;
    }

    /// <summary>An element that holds devices already counts, whatever the limit says.</summary>
    public void CountAsPassed(Job job) => _passed.Add(job.Id.Index);

    /// <summary>An element that had passed neither waits nor runs any more. Returns the one that may pass instead, taken out of
    /// here; null: none waits.</summary>
    public Job? Leave(Job job)
    {
        if (!_passed.Remove(job.Id.Index) || _waiting.Min is not { } next) return null;
        Remove(next);
        return next;
    }

    public void Remove(Job job)
    {
        _waiting.Remove(job);
        job.Seat = null;
    }
}
