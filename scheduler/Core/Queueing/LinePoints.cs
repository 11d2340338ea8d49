using GpuScheduler.Core.Model;
using GpuScheduler.Core.Policies;
using GpuScheduler.Core.Rounds;

namespace GpuScheduler.Core.Queueing;

/// <summary>What a policy of the literature counts for a waiting job: more goes first. It doesn't change while the job waits.</summary>
internal static class LinePoints
{
    /// <summary>Minutes left count below zero; a job without a time limit goes behind all that have one.</summary>
    public static double Of(LineKey key, Job job) => key switch
    {
        LineKey.TimeLeft => -MinutesLeft(job),
        LineKey.AreaLeft => -MinutesLeft(job) * Milli(job) / DeviceShare.Whole,
        LineKey.Attained => -LevelOf(Service.Attained(job, job.SubmitTime).TotalSeconds * Milli(job) / DeviceShare.Whole),
        LineKey.Submission or LineKey.Factors => 0,
    };

    /// <summary>Cards of all its nodes together, at least 1: work without cards counts as if it had one.</summary>
    public static int Cards(Job job) => Math.Max(1, (job.Spec.Request.Gpu?.Alternatives[0].Count ?? 0) * job.Spec.Request.NodeCount);

    /// <summary>The same in thousandths: a part of a card counts as such.</summary>
    public static int Milli(Job job) => job.Spec.Request.Gpu?.Share?.Milli ?? (Cards(job) * DeviceShare.Whole);

    /// <summary>Which of the queues of <c>las</c> so many card-seconds lead to; 0 is served first.</summary>
    public static int LevelOf(double cardSeconds) => LeastAttainedService.UsualLimits.Count(limit => cardSeconds >= limit);

    /// <summary>By its time limit, else by what is known of its like; null where it is not known.</summary>
    /// <param name="job">The job.</param>
    /// <param name="learned">How long such jobs take; null: it is not known.</param>
    /// <param name="now">Matters to a running job alone.</param>
    public static TimeSpan? Left(Job job, TimeSpan? learned, DateTimeOffset now)
    {
        if ((job.Spec.TimeLimit ?? learned) is not { } limit) return null;
        var left = limit - Service.Kept(job, now);
        return left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
    }

    private static double MinutesLeft(Job job) => Left(job, null, job.SubmitTime)?.TotalMinutes ?? double.MaxValue / 1e6;
}
