using GpuScheduler.Core.Engine.Moves;
using GpuScheduler.Core.Lifecycle;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.NodeHealth;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Rules;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>A worker's report. Whatever it says, and however late, it is acknowledged: otherwise it would be sent for ever.</summary>
internal static class Reporting
{
    public static PoolReply? Take(Turn turn, PoolInput.Reported reported)
    {
        turn.Acknowledge(reported.Node, reported.Sequence);
        if (turn.State.Map.Find(reported.Node) is not { } slot) return null;
        Remember(turn, slot.Node, reported.Sequence);
        if (CurrentJob(turn.State, reported) is { } job) Take(turn, slot, job, Mended(turn, job.Attempt!, reported));
        if (reported.Event is AttemptEvent.Ended) Fencing.Release(turn, slot, reported.Attempt, reported.Time);
        return null;
    }

    private static void Remember(Turn turn, Node node, long sequence)
    {
        if (sequence > node.DurableSequence)
        {
            node.DurableSequence = sequence;
            turn.SaveUnseen(node);
        }

        turn.Acknowledge(node.Id, node.DurableSequence);
    }

    /// <summary>Only the newest attempt counts, and only from the node that was granted it.</summary>
    private static Job? CurrentJob(PoolState state, PoolInput.Reported reported) =>
        state.FindJob(reported.Attempt.Job) is { Attempt: { } newest } job
        && newest.Id == reported.Attempt && newest.Allocation.RankOf(reported.Node) >= 0 ? job : null;

    private static PoolInput.Reported Mended(Turn turn, Attempt attempt, PoolInput.Reported reported) => reported with
    {
        Event = ReportRules.Mend(reported.Event),
        Time = ReportRules.Time(reported.Time, attempt.StartTime ?? attempt.GrantTime, turn.Now),
    };

    private static void Take(Turn turn, NodeSlot slot, Job job, PoolInput.Reported reported)
    {
        var attempt = job.Attempt!;
        var rank = attempt.Allocation.RankOf(reported.Node);
        var before = StepMark.Of(attempt);
        var outcome = attempt.Allocation.IsGang
            ? GangReports.Apply(job, attempt, rank, reported.Event, reported.Time)
            : AttemptReports.Apply(job, attempt, reported.Event, reported.Time);
        if (reported.Event is AttemptEvent.Stopping && attempt.EndCause is null) OnStopping(turn, job);
        if (outcome is not ReportOutcome.Changed) return;
        turn.Save(job);
        if (reported.Event is AttemptEvent.Saved) Lessons.FromCheckpoint(turn, job, before);
        if (reported.Event is AttemptEvent.Started) OnStarted(turn, slot, job);
        if (reported.Event is AttemptEvent.Ended) OnEnded(turn, job, rank, reported.Time);
    }

    /// <summary>A gang runs when its last rank does.</summary>
    private static void OnStarted(Turn turn, NodeSlot slot, Job job)
    {
        if (LaunchHealth.OnSuccess(slot.Node)) turn.Save(slot.Node);
        if (job.Attempt!.StartTime is null) return;
        Life.Move(turn, job, JobEvent.Started);
        job.StartTime = job.Attempt!.StartTime;
        job.LaunchFailures = 0;
        Blaming.Former(turn, job.Attempt!);
        turn.Happened.Enqueue(job.Id.Number);
    }

    private static void OnEnded(Turn turn, Job job, int rank, DateTimeOffset time)
    {
        if (job.Attempt!.EndCause is null) GangFailing.OnRankEnded(turn, job, rank);
        else Ending.Settle(turn, job, job.Attempt.Allocation.IsGang ? GangVerdict.LastWorked(job.Attempt) : time);
    }

    /// <summary>Its worker has told it to stop, after a checkpoint if there was to be one.</summary>
    private static void OnStopping(Turn turn, Job job)
    {
        if (job.State != JobState.Completing && Life.TryMove(turn, job, JobEvent.StopAsked)) turn.Save(job);
    }
}
