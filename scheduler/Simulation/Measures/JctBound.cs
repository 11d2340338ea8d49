using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Measures;

/// <summary>A mean JCT that no schedule can be below, whatever it knows: that of all cards as one card which does their work together
/// and always does what is soonest done (of all orders on one card the best), or, if that is more, the mean of what the jobs take
/// alone on the fastest cards. Sizes of machines, memory and restarts are left out, so that often no schedule comes near.</summary>
internal static class JctBound
{
    /// <param name="jobs">Those that didn't complete count as done at once.</param>
    /// <param name="cores">Of all machines; they serve the work without cards.</param>
    /// <returns>s; 0 if no job ended.</returns>
    public static double Mean(IReadOnlyList<JobRecord> jobs, IReadOnlyList<Device> cards, int cores)
    {
        var done = jobs.Where(job => job.Outcome == JobState.Completed).ToLookup(job => job.Cards > 0);
        var ended = jobs.Count(job => job.Ended is not null);
        return ended == 0 ? 0 : (OnCards([.. done[true]], cards) + Sum([.. done[false]], job => job.Cores, cores, 1)) / ended;
    }

    private static double OnCards(IReadOnlyList<JobRecord> jobs, IReadOnlyList<Device> cards)
    {
        var models = cards.CountBy(card => DeviceCatalog.KeyOf(card.Model)).ToList();
        if (jobs.Count == 0 || models.Count == 0)
            return 0;

        // Each card as fast as for whom it suits best, and each job as fast as on the card that suits it best.
        var rate = models.Sum(model => model.Value * jobs.Max(job => job.Job.SpeedOn(model.Key)));
        return Math.Max(
            InOrder(jobs, job => job.Cards, rate), jobs.Sum(job => job.Job.Work / models.Max(model => job.Job.SpeedOn(model.Key))));
    }

    private static double Sum(IReadOnlyList<JobRecord> jobs, Func<JobRecord, double> wide, double rate, double fastest) =>
        jobs.Count == 0 || rate <= 0 ? 0 : Math.Max(InOrder(jobs, wide, rate), jobs.Sum(job => job.Job.Work / fastest));

    /// <summary>Sum of completion times where one server always does what is soonest done.</summary>
    private static double InOrder(IReadOnlyList<JobRecord> jobs, Func<JobRecord, double> wide, double rate)
    {
        var waiting = new PriorityQueue<JobRecord, double>();
        var (now, sum) = (0.0, 0.0);
        foreach (var job in jobs.OrderBy(job => job.Submitted))
        {
            Work(job.Submitted);
            waiting.Enqueue(job, job.Job.Work * wide(job) / rate);
            now = job.Submitted;
        }

        Work(double.PositiveInfinity);
        return sum;

        void Work(double until)
        {
            while (waiting.TryDequeue(out var job, out var left))
            {
                if (now + left > until)
                {
                    waiting.Enqueue(job, left - (until - now));
                    return;
                }

                now += left;
                sum += now - job.Submitted;
            }
        }
    }
}
