using GpuScheduler.Core.Model;
using GpuScheduler.Core.Policies;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Rounds;

/// <summary>A job as a policy sees it.</summary>
internal static class Candidate
{
    /// <summary>Long beyond any job: who gave no time limit, and whose family is not known, has that much left.</summary>
    private static readonly TimeSpan Unknown = TimeSpan.FromDays(3650);

    /// <param name="number">Its number among the contenders.</param>
    /// <param name="job">It waits, or runs on cards or a part of one.</param>
    /// <param name="speeds">Of each kind of card in the pool, above 0; 0 where it may not run.</param>
    /// <param name="learned">How long its family takes; null: it is not known.</param>
    /// <param name="restartCost">What a job that ran before spends to begin again.</param>
    /// <param name="now">The present.</param>
    public static Contender Of(
        int number, Job job, IReadOnlyList<double> speeds, TimeSpan? learned, TimeSpan restartCost, DateTimeOffset now)
    {
        var runs = job.State.HoldsAllocation();
        var contender = new Contender(number, MilliOf(job, runs), Seconds(job.SubmitTime), [.. speeds.Select(speed => 1 / speed)])
        {
            UnitsOfCard = DeviceShare.Whole,
        };
        var again = !runs && job.AttemptNumber > 0 ? restartCost : TimeSpan.Zero;
        contender.Attained = Service.Attained(job, now).TotalSeconds;
        contender.Level = LinePoints.LevelOf(contender.AttainedService);
        if (!double.IsFinite(contender.BestPace)) return contender;
        contender.Done = Service.Kept(job, now).TotalSeconds / contender.BestPace;
        contender.Remaining = ((LinePoints.Left(job, learned, now) ?? Unknown) + again).TotalSeconds / contender.BestPace;
        return contender;
    }

    public static double Seconds(DateTimeOffset time) => time.UtcTicks / (double)TimeSpan.TicksPerSecond;

    private static int MilliOf(Job job, bool runs) =>
        runs ? job.Attempt!.Allocation.AllDevices().Sum(device => device.MilliGpu) : LinePoints.Milli(job);
}
