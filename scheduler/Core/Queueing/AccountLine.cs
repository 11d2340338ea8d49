using GpuScheduler.Core.FairShare;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Quotas;

namespace GpuScheduler.Core.Queueing;

/// <summary>
/// The jobs of one account in a lane, in their own order. Those with deadlines stand apart from those without, as their urgency grows
/// at another pace. A cycle looks at the first alone.
/// </summary>
internal sealed class AccountLine(Lane lane, Account account, Ranking ranking) : ISeat, IQuotaWaiter
{
    private readonly SortedJobs _jobs = new(ranking);

    public Lane Lane { get; } = lane;

    public Account Account { get; } = account;

    public int Count => _jobs.Count;

    public Job? First => _jobs.First;

    public IEnumerable<Job> Jobs => _jobs.All;

    /// <summary>The first job's, as of the lane's last look.</summary>
    public Rank Rank { get; set; }

    /// <summary>Its place among the lane's lines; -1: it is not among them.</summary>
    public int Index { get; set; } = -1;

    /// <summary>The limit that keeps its jobs from starting; null: none.</summary>
    public QuotaHit? Parked { get; set; }

    public void Add(Job job)
    {
        _jobs.Add(job);
        job.Seat = this;
    }

    /// <summary>Copies the first jobs behind one that stands or stood here; behind none: the first of all.</summary>
    public void CopyBehind(Job? last, int most, List<Job> into) => _jobs.CopyBehind(last, most, into);

    public void Remove(Job job)
    {
        _jobs.Remove(job);
        job.Seat = null;
        Lane.OnRemoved(this);
    }

    public void TryAgain() => Lane.Unpark(this);
}
