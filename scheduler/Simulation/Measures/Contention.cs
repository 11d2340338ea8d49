using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Measures;

/// <summary>How many times over a pool was asked for: what all jobs that were there wanted, in proportion to what there is, but at
/// least once. Answers for any stretch of time in the time of two look-ups.</summary>
internal sealed class Contention
{
    private readonly double[] times;
    private readonly double[] levels;
    private readonly double[] integrals;

    /// <param name="jobs">Who competes.</param>
    /// <param name="wants">How much of it a job asks for.</param>
    /// <param name="capacity">What there is, above 0.</param>
    public Contention(IEnumerable<JobRecord> jobs, Func<JobRecord, double> wants, double capacity)
    {
        var steps = jobs
            .SelectMany(
                job => ((double Time, double Change)[])[(job.Submitted, wants(job)), (job.Ended ?? double.PositiveInfinity, -wants(job))])
            .GroupBy(step => step.Time)
            .OrderBy(moment => moment.Key)
            .ToArray();
        times = [.. steps.Select(moment => moment.Key)];
        (levels, integrals) = (new double[times.Length], new double[times.Length]);
        var wanted = 0.0;
        for (var i = 0; i < times.Length; i++)
        {
            wanted += steps[i].Sum(step => step.Change);
            levels[i] = Math.Max(1, wanted / capacity);
            integrals[i] = i == 0 ? 0 : integrals[i - 1] + (levels[i - 1] * (times[i] - times[i - 1]));
        }
    }

    /// <summary>Mean over a stretch of time in which there were jobs.</summary>
    public double Mean(double from, double to) => to > from ? (Until(to) - Until(from)) / (to - from) : 1;

    private double Until(double time)
    {
        var found = Array.BinarySearch(times, time);
        var at = found >= 0 ? found : ~found - 1;
        return at < 0 ? time - times[0] : integrals[at] + (levels[at] * (time - times[at]));
    }
}
