using GpuScheduler.Core.Lifecycle;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;
using GpuScheduler.Core.Retry;

namespace GpuScheduler.Core.Engine.Moves;

/// <summary>Gives a job its devices: a new attempt with a new number, and the order to start it.</summary>
internal static class Granting
{
    public static void Grant(Turn turn, Job job, Allocation allocation)
    {
        KeepPrevious(turn, job);
        WaitingRoom.Unseat(job);
        Life.Move(turn, job, JobEvent.Granted);
        if (allocation.IsGang) allocation = allocation with { MeetingPort = MeetingPlace.PortFor(turn.State, job, allocation) };
        var attempt = NewAttempt(job, allocation, turn.Now);
        job.Reason = null;
        job.ReasonText = "";
        job.StartTime = null;
        turn.Save(job);
        SameCards.Tie(turn, job, allocation);
        for (var rank = 0; rank < allocation.Nodes.Count; rank++)
        {
            var slot = turn.State.Map.Find(allocation.Nodes[rank].Node)!;
            turn.State.Map.Take(slot, turn.State.HoldOf(job, slot, allocation.Nodes[rank]));
            turn.Show(slot.Node);
            turn.Send(OrderFor(turn, job, rank));
        }

        turn.State.Accounting.Start(job, attempt, turn.State.Map, turn.Now);
    }

    /// <summary>The order to start a rank of a job's newest attempt; the same however often it is sent.</summary>
    public static PoolEffect OrderFor(Turn turn, Job job, int rank)
    {
        var attempt = job.Attempt!;
        var share = attempt.Allocation.Nodes[rank];
        return new PoolEffect.Dispatch(share.Node, new AttemptOrder(
            attempt.Id, job.Spec, share, job.Checkpoints, attempt.Origin.PreviousEnd)
        {
            Gang = attempt.Allocation.IsGang ? MeetingPlace.Of(turn.State, attempt, rank) : null,
        });
    }

    /// <summary>The attempt before is about to be forgotten: if it ended in this very step, the store has still to hear of it.</summary>
    private static void KeepPrevious(Turn turn, Job job)
    {
        if (job.Attempt is { } previous && turn.HasSaved(job)) turn.Save(previous);
    }

    private static Attempt NewAttempt(Job job, Allocation allocation, DateTimeOffset now)
    {
        var previous = job.Attempt;
        var quickError = previous is null ? null : RetryPolicy.QuickError(Ending.FactsOf(job, previous));
        var (attained, kept) = (Service.Attained(job, now), Service.Kept(job, now));
        job.AttemptNumber++;
        return job.Attempt = new Attempt(new AttemptId(job.Id, job.AttemptNumber), allocation, now)
        {
            Origin = new AttemptOrigin(EndOf(previous), quickError, CheckpointList.BestStep(job)) { Attained = attained, Kept = kept },
            Missed = previous is { EndCause: EndCause.NotHere } ? (Blaming.FailedOn(previous).First(), previous.Message) : null,
        };
    }

    /// <summary>One that ended by itself because it was asked to make room did so for that reason.</summary>
    private static EndCause? EndOf(Attempt? previous) =>
        previous is { EndCause: EndCause.Exited, StopCause: { } asked } ? asked : previous?.EndCause;
}
