using GpuScheduler.Core.Engine.Explaining;
using GpuScheduler.Core.Engine.Moves;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.NodeHealth;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.OpenHours;

namespace GpuScheduler.Core.Engine.Phases;

/// <summary>Opens and closes nodes by their hours. What runs is asked to stop a grace before the closing, so that the machine is its
/// owner's on time.</summary>
internal static class HoursPhase
{
    public static void Run(Turn turn)
    {
        if (!turn.State.Hours.Any) return;
        foreach (var hours in turn.State.Hours.Advance(turn.Now)) Refresh(turn, hours);
        foreach (var hours in turn.State.Hours.All)
        {
            if (!MayHaveToStop(hours, turn.Now)) continue;
            foreach (var (slot, hold) in Running(hours).Where(one => StopTime(hours, one.Hold) <= turn.Now).ToList())
                Stop(turn, hours, slot, hold);
            if (!hours.IsOpen) hours.IsUnchecked = false;
        }
    }

    /// <summary>When the next node opens or closes, or the next job must be stopped; null: never.</summary>
    public static DateTimeOffset? Next(PoolState state, DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var hours in state.Hours.All)
        {
            next = Times.Earlier(next, hours.ChangesAt);
            if (hours.ClosesAt is not { } closing) continue;
            if (closing - hours.LongestGrace > now) next = Times.Earlier(next, closing - hours.LongestGrace);
            else next = Running(hours).Aggregate(next, (first, one) => Times.Earlier(first, StopTime(hours, one.Hold)));
        }

        return next;
    }

    private static void Refresh(Turn turn, NodeHours hours)
    {
        foreach (var slot in hours.Nodes)
        {
            turn.State.Map.Refresh(slot);
            turn.Show(slot.Node);
        }
    }

    private static bool MayHaveToStop(NodeHours hours, DateTimeOffset now) =>
        hours.IsOpen ? hours.ClosesAt - hours.LongestGrace <= now : hours.IsUnchecked;

    private static DateTimeOffset StopTime(NodeHours hours, Hold hold) =>
        hours.ClosesAt is { } closing ? DrainSchedule.StopTime(closing, hold.Grace) : DateTimeOffset.MinValue;

    /// <summary>What has not been asked to stop yet.</summary>
    private static IEnumerable<(NodeSlot Slot, Hold Hold)> Running(NodeHours hours) =>
        from slot in hours.Nodes
        from hold in slot.Holds.Values
        where !hold.Fenced && hold.Attempt.StopCause is null
        select (slot, hold);

    /// <summary>
    /// One that runs on a node that has closed already (the rules have changed, or no scheduler ran) has its whole grace.
    /// </summary>
    private static void Stop(Turn turn, NodeHours hours, NodeSlot slot, Hold hold)
    {
        // A gang was asked on another of its nodes.
        if (hold.Attempt.StopCause is not null || turn.State.FindJob(hold.Attempt.Id.Job) is not { } job) return;
        var grace = hours.ClosesAt is { } closing ? DrainSchedule.GraceAt(turn.Now, closing, hold.Grace) : hold.Grace;
        var why = HoursWords.WhyStopped(slot, hours);
        Stopping.Ask(turn, job, EndCause.Closed, grace, why);
        job.ReasonText = why;
    }
}
