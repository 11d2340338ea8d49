using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Grains.Views;

/// <summary>Makes <see cref="JobView"/>s: copies, because a live job changes with the next step.</summary>
public static class JobViews
{
    /// <summary>A job of a pool, with the reason it waits for now.</summary>
    public static JobView Of(PoolState state, Job job, DateTimeOffset now)
    {
        var waits = job.State.IsEnded() ? null : state.ReasonOf(job, now);
        return Of(job, waits?.Reason ?? job.Reason, waits?.Text ?? job.ReasonText, state.IsOnLoan(job));
    }

    /// <summary>A job from history.</summary>
    public static JobView Of(Job job) => Of(job, job.Reason, job.ReasonText, onLoan: false);

    private static JobView Of(Job job, Reason? reason, string text, bool onLoan) => new()
    {
        Id = job.Id,
        Spec = job.Spec,
        State = job.State,
        Reason = reason,
        ReasonText = text,
        SubmitTime = job.SubmitTime,
        StartTime = job.StartTime,
        EndTime = job.EndTime,
        ExitCode = job.ExitCode,
        Signal = job.Signal,
        Attempt = job.Attempt is null ? null : AttemptView.Of(job.Attempt),
        Checkpoint = job.Checkpoints.Count == 0 ? null : job.Checkpoints[^1],
        Failures = job.Failures,
        OnLoan = onLoan,
        Acts = job.Acts,
    };
}
