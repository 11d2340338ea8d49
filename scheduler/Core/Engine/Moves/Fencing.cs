using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Rules;

namespace GpuScheduler.Core.Engine.Moves;

/// <summary>
/// Attempts that live although newer ones exist, or their jobs have ended. They are stopped, and what they hold is granted to
/// no job until their worker says that they have ended.
/// </summary>
internal static class Fencing
{
    /// <summary>Makes a node's fenced attempts those that its worker says it runs; all others are gone.</summary>
    public static void Renew(Turn turn, NodeSlot slot, IReadOnlyList<AttemptId> alive)
    {
        var known = slot.Holds.Values.Where(hold => hold.Fenced && !hold.IsForeign)
            .ToDictionary(hold => hold.Attempt.Id, hold => hold.Attempt);
        foreach (var id in known.Keys) turn.State.Map.Release(slot, id);
        foreach (var (id, attempt) in slot.Lost) known[id] = attempt;
        slot.Lost.Clear();
        slot.Strangers.Clear();
        foreach (var id in alive) Fence(turn, slot, id, known.GetValueOrDefault(id));
    }

    /// <summary>The worker says that an attempt has ended: if it was a fenced one, its devices are free.</summary>
    public static void Release(Turn turn, NodeSlot slot, AttemptId id, DateTimeOffset time)
    {
        var hold = slot.Holds.GetValueOrDefault(id);
        if (hold is null ? !slot.Strangers.Contains(id) : !hold.Fenced) return;
        turn.State.Map.Release(slot, id);
        turn.Show(slot.Node);
        if (hold is null) return;
        hold.Attempt.EndTime = ReportRules.Time(time, hold.Attempt.StartTime ?? hold.Attempt.GrantTime, turn.Now);
        if (turn.State.FindJob(id.Job) is { } job && ReferenceEquals(job.Attempt, hold.Attempt)) turn.Save(job);
        else turn.Save(hold.Attempt);
    }

    /// <summary>No grace: a newer attempt may be writing to the same checkpoints. An attempt from before a restart of the scheduler
    /// is a stranger: it is not remembered which cards it has, so its node takes no work until it has ended.</summary>
    private static void Fence(Turn turn, NodeSlot slot, AttemptId id, Attempt? attempt)
    {
        if (attempt is null) slot.Strangers.Add(id);
        else turn.State.Map.Take(slot, new Hold(attempt, attempt.Allocation.Nodes[attempt.Allocation.RankOf(slot.Node.Id)], Fenced: true));
        turn.Send(
            new PoolEffect.Stop(
                slot.Node.Id, id, EndCause.Fenced, CheckpointFirst: false, TimeSpan.Zero, "a newer attempt exists, or the job has ended"));
    }
}
