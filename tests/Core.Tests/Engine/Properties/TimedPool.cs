using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>A pool whose jobs start at once and end when their time has come; the clock goes by minutes.</summary>
internal sealed class TimedPool
{
    private readonly TestPool _pool;
    private readonly Dictionary<JobId, TimeSpan> _runs = [];
    private readonly HashSet<JobId> _started = [];

    public TimedPool(params Machine[] machines) => _pool = new TestPool(new PoolConfig()).Join(machines);

    public DateTimeOffset Now => _pool.Now;

    public TimeSpan Patience => _pool.Config.Backfill.Patience;

    /// <summary>A job without grace that runs for <paramref name="run"/>.</summary>
    public JobId Submit(JobDraft draft, TimeSpan? limit, TimeSpan run)
    {
        var id = _pool.Submit(draft with { Grace = TimeSpan.Zero, TimeLimit = limit is { } given ? $"{(int)given.TotalMinutes}m" : "" });
        _runs[id] = run;
        Start();
        return id;
    }

    /// <summary>A minute passes; whose time has come ends, one after the other, with a look at the pool after each.</summary>
    public void PassMinute(Action look)
    {
        _pool.After(TimeSpan.FromMinutes(1));
        while (_pool.State.Jobs.Where(IsDue).Select(job => job.Id).Order().Cast<JobId?>().FirstOrDefault() is { } due)
        {
            _pool.Exit(due);
            Start();
        }

        look();
    }

    public bool IsWaiting(JobId id) => _pool.State.FindJob(id) is { State: JobState.Pending };

    public int CountWaiting() => _pool.State.Jobs.Count(job => job.State == JobState.Pending);

    public string ReasonOf(JobId id) => $"{_pool.State.ReasonOf(_pool[id], Now)}";

    /// <summary>Promises with a moment.</summary>
    public IEnumerable<(JobId Job, DateTimeOffset At)> Promises() =>
        _pool.State.Promises.All.Where(promise => promise.At is not null).Select(promise => (promise.Job.Id, promise.At!.Value));

    private bool IsDue(Job job) => job.State == JobState.Running && job.Attempt!.StartTime + _runs[job.Id] <= Now;

    private void Start()
    {
        foreach (var job in _pool.State.Jobs.Where(job => job.State.HoldsAllocation()).Select(job => job.Id).Order().ToList())
        {
            if (_started.Add(job)) _pool.Start(job);
        }
    }
}
