using GpuScheduler.Core.Engine.Explaining;
using GpuScheduler.Core.Lifecycle;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine.Moves;

/// <summary>Ends a job that runs nowhere.</summary>
internal static class Withdrawing
{
    public static void Cancel(Turn turn, Job job, Reason? reason, string text)
    {
        Life.Move(turn, job, JobEvent.Cancelled);
        job.Reason = reason;
        job.ReasonText = text;
        turn.Save(job);
        Ending.Conclude(turn, job, turn.Now);
    }

    /// <summary>It could not end in time even if it started now.</summary>
    public static void MissDeadline(Turn turn, Job job)
    {
        Life.Move(turn, job, JobEvent.DeadlineMissed);
        job.Reason = Reason.DeadLine;
        job.ReasonText = job.Spec.TimeLimit is { } limit
            ? $"had to start by {Words.Time(Ranking.LatestStart(job.Spec)!.Value)} to end by {Words.Time(job.Spec.Deadline!.Value)} "
                + $"within its time limit of {Words.Span(limit)}"
            : $"did not start before its deadline, {Words.Time(job.Spec.Deadline!.Value)}";
        turn.Save(job);
        Ending.Conclude(turn, job, turn.Now);
    }
}
