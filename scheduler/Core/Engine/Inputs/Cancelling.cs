using GpuScheduler.Core.Engine.Moves;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>Cancels: at once what runs nowhere; what runs is asked to stop, and is cancelled when it has.</summary>
internal static class Cancelling
{
    public static PoolReply Take(Turn turn, PoolInput.Cancel cancel)
    {
        var why = Text(cancel);
        var act = new Act(ActKind.Cancelled, cancel.User, turn.Now) { Why = cancel.Why };
        return JobSelection.Apply(turn, new(cancel.Ids, cancel.Filter), "cancelled", job => Cancel(turn, job, act, why));
    }

    private static JobOutcome Cancel(Turn turn, Job job, Act act, string why)
    {
        if (!job.State.HoldsAllocation())
        {
            job.Acts = act.After(job.Acts);
            Withdrawing.Cancel(turn, job, null, why);
            return new JobOutcome($"{job.Id}", true, $"job {job.Id} cancelled");
        }

        if (job.Attempt!.StopCause == EndCause.Cancelled)
            return new JobOutcome($"{job.Id}", false, $"job {job.Id} is being cancelled already");
        job.Acts = act.After(job.Acts);
        Stopping.Ask(turn, job, EndCause.Cancelled, job.Spec.Grace, why);
        job.ReasonText = why;
        return new JobOutcome($"{job.Id}", true, $"job {job.Id} is being stopped on {job.Attempt.Allocation.NodeNames()}");
    }

    private static string Text(PoolInput.Cancel cancel)
    {
        var who = cancel.User.Length == 0 ? "cancelled" : $"cancelled by {cancel.User}";
        return cancel.Why.Length == 0 ? who : $"{who}: {cancel.Why}";
    }
}
