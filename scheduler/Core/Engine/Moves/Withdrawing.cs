using GpuScheduler.Core.Lifecycle;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Moves;

/// <summary>Ends a job that runs nowhere.</summary>
internal static class Withdrawing
{
    public static void Cancel(Turn turn, Job job, Reason? reason, string text)
    {
        Life.Move(job, JobEvent.Cancelled);
        job.Reason = reason;
        job.ReasonText = text;
        turn.Save(job);
        Ending.Conclude(turn, job, turn.Now);
    }
}
