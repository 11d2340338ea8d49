using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>Jobs that wait for other jobs, found by the number they wait for.</summary>
internal sealed class DependencyBook : ISeat
{
    private readonly Dictionary<long, SortedSet<Job>> _waiting = [];

    public void Add(Job job)
    {
        foreach (var term in job.Spec.Dependency!.Terms)
        {
            if (!_waiting.TryGetValue(term.Job.Number, out var jobs))
                _waiting[term.Job.Number] = jobs = new SortedSet<Job>(JobOrder.Instance);
            jobs.Add(job);
        }

        job.Seat = this;
    }

    public void Remove(Job job)
    {
        foreach (var term in job.Spec.Dependency!.Terms)
        {
            if (_waiting.TryGetValue(term.Job.Number, out var jobs) && jobs.Remove(job) && jobs.Count == 0)
                _waiting.Remove(term.Job.Number);
        }

        job.Seat = null;
    }

    /// <summary>Jobs that wait for something to happen to a number, in order.</summary>
    public IReadOnlyList<Job> WaitingFor(long number) => _waiting.TryGetValue(number, out var jobs) ? [.. jobs] : [];
}
