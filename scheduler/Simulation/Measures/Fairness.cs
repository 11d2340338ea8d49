using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Measures;

/// <summary>Finish-time fairness: a job's completion time against what it would have been with the pool shared out equally, which is
/// its run time alone, on cards of the pool's mean speed, times how many times over the pool was asked for while it was there. A job
/// of less than a minute counts as if it had worked for one: its wait in proportion to a moment's work would say nothing.</summary>
/// <param name="Mean">Of all that completed; 1 is fair, above it the job came off worse than its share.</param>
/// <param name="Worst">Of the one that came off worst.</param>
/// <param name="UnfairPercent">Of jobs above 1.05.</param>
internal sealed record Fairness(double Mean, double Worst, double UnfairPercent)
{
    private const double Unfair = 1.05;

    /// <summary>s.</summary>
    private const double Shortest = 60;

    public static Fairness Of(PoolResult result)
    {
        var cards = result.Cards.GroupBy(card => DeviceCatalog.KeyOf(card.Model)).Select(model => (model.Key, Count: model.Count()))
            .ToArray();
        var all = result.Cards.Count;
        double[] ratios =
        [
            .. Ratios(result, job => job.Cards, all, job => cards.Sum(model => model.Count * job.Job.SpeedOn(model.Key)) / all),
            .. Ratios(
                result, job => job.Cards > 0 ? 0 : job.Cores, result.Classes.GetValueOrDefault(DeviceClass.Cpu)?.Capacity ?? 0, _ => 1),
        ];
        return ratios.Length == 0
            ? new(0, 0, 0)
            : new(ratios.Average(), ratios.Max(), 100.0 * ratios.Count(ratio => ratio > Unfair) / ratios.Length);
    }

    private static IEnumerable<double> Ratios(
        PoolResult result, Func<JobRecord, double> wants, double capacity, Func<JobRecord, double> speed)
    {
        var jobs = result.Jobs.Where(job => wants(job) > 0).ToList();
        if (capacity <= 0 || jobs.Count == 0)
            return [];

        var contention = new Contention(jobs, wants, capacity);
        return jobs.Where(job => job.Outcome == JobState.Completed)
            .Select(job => Ratio(job, speed(job), contention.Mean(job.Submitted, job.Ended!.Value)));
    }

    private static double Ratio(JobRecord job, double speed, double contention)
    {
        var more = Math.Max(0, Shortest - job.Job.Work);
        return ((job.Jct!.Value * speed) + more) / ((job.Job.Work + more) * contention);
    }
}
