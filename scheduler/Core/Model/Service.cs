namespace GpuScheduler.Core.Model;

/// <summary>What a job has had of the pool over all its attempts.</summary>
internal static class Service
{
    /// <summary>Time that its processes ran.</summary>
    public static TimeSpan Attained(Job job, DateTimeOffset now) =>
        job.Attempt is { } attempt ? attempt.Origin.Attained + RunTime(attempt, now) : TimeSpan.Zero;

    /// <summary>Of it, what no crash or stop has undone. What a live attempt has not saved yet counts.</summary>
    public static TimeSpan Kept(Job job, DateTimeOffset now)
    {
        if (job.Attempt is not { } attempt) return TimeSpan.Zero;
        var kept = RunTime(attempt, now) - (attempt.LostWork ?? TimeSpan.Zero);
        return attempt.Origin.Kept + (kept > TimeSpan.Zero ? kept : TimeSpan.Zero);
    }

    /// <summary>Never negative: clocks differ.</summary>
    private static TimeSpan RunTime(Attempt attempt, DateTimeOffset now)
    {
        var time = (attempt.EndTime ?? now) - (attempt.StartTime ?? DateTimeOffset.MaxValue);
        return time > TimeSpan.Zero ? time : TimeSpan.Zero;
    }
}
