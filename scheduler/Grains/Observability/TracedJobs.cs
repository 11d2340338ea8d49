using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Grains.Observability;

/// <summary>Which trace a job's submission belongs to: kept in memory only, for the newest jobs; elements of an array share one.</summary>
internal sealed class TracedJobs
{
    private const int Most = 10_000;

    private readonly Dictionary<long, string> _traces = [];
    private readonly Queue<long> _oldestFirst = new();

    public void Add(IEnumerable<AdmittedJob> jobs, string trace)
    {
        foreach (var job in jobs)
        {
            // The answer to a repeated submission names its jobs again: the first trace is theirs.
            if (!_traces.TryAdd(job.Number, trace)) continue;
            _oldestFirst.Enqueue(job.Number);
            if (_oldestFirst.Count > Most) _traces.Remove(_oldestFirst.Dequeue());
        }
    }

    public string? Find(JobId job) => _traces.GetValueOrDefault(job.Number);
}
