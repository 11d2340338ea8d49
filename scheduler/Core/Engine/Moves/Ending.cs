using GpuScheduler.Core.Lifecycle;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Retry;

namespace GpuScheduler.Core.Engine.Moves;

/// <summary>An attempt has ended: its devices are free, and its job is done, queued again, or parked.</summary>
internal static class Ending
{
    /// <summary>Ends an attempt that its worker didn't end: the node is lost, or it was never started.</summary>
    /// <remarks>Of a gang it ends the rank of that node alone.</remarks>
    public static void EndUnreported(Turn turn, Job job, NodeId node, EndCause cause, string message, DateTimeOffset lastWorked)
    {
        var attempt = job.Attempt!;
        if (attempt.Allocation.IsGang)
        {
            EndRank(turn, job, attempt.Allocation.RankOf(node), cause, message, lastWorked);
            return;
        }

        attempt.EndTime = turn.Now;
        attempt.EndCause = cause;
        attempt.Message = message;
        Settle(turn, job, lastWorked);
    }

    private static void EndRank(Turn turn, Job job, int rank, EndCause cause, string message, DateTimeOffset lastWorked)
    {
        GangReports.EndUnreported(job.Attempt!, rank, cause, message, lastWorked);
        if (job.Attempt!.EndCause is null) GangFailing.OnRankEnded(turn, job, rank);
        else Settle(turn, job, GangVerdict.LastWorked(job.Attempt));
    }

    /// <summary>Draws the consequences once the attempt's own fields say how it ended.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="job">Its newest attempt is the one.</param>
    /// <param name="lastWorked">Until when it is known to have worked.</param>
    public static void Settle(Turn turn, Job job, DateTimeOffset lastWorked)
    {
        var attempt = job.Attempt!;
        var facts = FactsOf(job, attempt);
        var decision = RetryPolicy.Decide(facts, turn.Config.Retry);
        attempt.LostWork = LosesWork(facts, decision) ? Progress.LostWork(attempt, lastWorked) : null;
        Release(turn, attempt);
        if (attempt.EndCause == EndCause.LaunchFailed) Blaming.Nodes(turn, attempt);
        Write(job, attempt, decision);
        Follow(turn, job, decision);
    }

    /// <summary>What <see cref="RetryPolicy"/> needs to know of an attempt that has ended.</summary>
    public static RetryFacts FactsOf(Job job, Attempt attempt) => new()
    {
        Cause = attempt.EndCause ?? EndCause.Exited,
        Message = attempt.Message,
        PreviousEnd = attempt.Origin.PreviousEnd,
        ExitCode = attempt.ExitCode,
        Signal = attempt.Signal,
        StopCause = attempt.StopCause == EndCause.RankFailed ? null : attempt.StopCause,
        Checkpointed = job.Spec.Draft.Checkpoint.Enabled,
        NoRequeue = job.Spec.Draft.NoRequeue,
        Progress = Progress.Of(attempt),
        RunTime = attempt.EndTime - attempt.StartTime,
        PreviousQuickError = attempt.Origin.QuickError,
        Failures = job.Failures,
        LaunchFailures = job.LaunchFailures,
        Retries = job.Spec.Retries,
    };

    private static bool LosesWork(RetryFacts facts, RetryDecision decision) =>
        decision.Verdict != RetryVerdict.Complete && !(facts.ExitCode == RetryPolicy.ContinueMe && facts.Progress);

    private static void Release(Turn turn, Attempt attempt)
    {
        if (turn.State.Accounting.End(attempt.Id, turn.Now) is { } account)
        {
            turn.SaveUse(account);
            // Also where nothing becomes free, as on a drained node: a limit may.
            if (turn.State.Accounting.Quotas.Any) turn.State.Map.NoteUnreserved();
        }

        foreach (var share in attempt.Allocation.Nodes)
        {
            if (turn.State.Map.Find(share.Node) is not { } slot) continue;
            turn.State.Map.Release(slot, attempt.Id);
            turn.Show(slot.Node);
        }
    }


    private static void Write(Job job, Attempt attempt, RetryDecision decision)
    {
        job.Failures = decision.Failures;
        job.LaunchFailures = decision.LaunchFailures;
        if (attempt.EndCause == EndCause.Exited || attempt.ExitCode is not null)
            (job.ExitCode, job.Signal) = (attempt.ExitCode, attempt.Signal);
        // A person's words about the end outlive what the policy has to say about it.
        if (decision.Text.Length > 0 || decision.Verdict == RetryVerdict.Complete) job.ReasonText = decision.Text;
        job.Reason = decision.Verdict == RetryVerdict.Again ? null : decision.Reason;
    }

    private static void Follow(Turn turn, Job job, RetryDecision decision)
    {
        Life.Move(turn, job, EventOf(decision.Verdict));
        turn.Save(job);
        if (job.State == JobState.Completed) Lessons.FromEnd(turn, job);
        else Lessons.FromClosing(turn, job);
        if (job.State.IsEnded())
        {
            Conclude(turn, job, job.Attempt!.EndTime ?? turn.Now);
            return;
        }

        turn.State.Room.Leave(job, turn.Now);
        job.EligibleTime = turn.Now + decision.Delay;
        turn.State.Room.Seat(job, turn.Now);
    }

    /// <summary>A job has ended for good.</summary>
    public static void Conclude(Turn turn, Job job, DateTimeOffset time)
    {
        job.EndTime = time;
        turn.State.Room.Leave(job, turn.Now);
        turn.State.Table.End(job);
        SameCards.Forget(turn, job);
        turn.Happened.Enqueue(job.Id.Number);
    }

    private static JobEvent EventOf(RetryVerdict verdict) => verdict switch
    {
        RetryVerdict.Complete => JobEvent.Succeeded,
        RetryVerdict.Fail => JobEvent.Failed,
        RetryVerdict.Timeout => JobEvent.TimedOut,
        RetryVerdict.OutOfMemory => JobEvent.MemoryExhausted,
        RetryVerdict.NodeFail => JobEvent.NodeLost,
        RetryVerdict.Cancel => JobEvent.Cancelled,
        RetryVerdict.Again => JobEvent.Requeued,
        RetryVerdict.Park => JobEvent.Parked,
    };
}
