using GpuScheduler.Core.Engine.Moves;
using GpuScheduler.Core.Leases;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Engine.Phases;

/// <summary>Attempts of nodes that were silent for longer than the lease count as lost, and their jobs are queued again.</summary>
internal static class LeasePhase
{
    public static void Run(Turn turn)
    {
        var expired = turn.State.Silent
            .Select(id => turn.State.Map.Find(id)!)
            .Where(slot => LeaseClock.HasExpired(slot.Node, turn.Config.Leases, turn.Now))
            .ToList();
        foreach (var slot in expired)
        {
            turn.State.Silent.Remove(slot.Node.Id);
            turn.Show(slot.Node);
            Lose(turn, slot);
        }

        Dependents.Reconsider(turn);
    }

    /// <summary>A gang's rank may have ended although the gang lives.</summary>
    private static bool HasEndedHere(Attempt attempt, NodeId node) =>
        attempt.Allocation.IsGang && attempt.Ranks[attempt.Allocation.RankOf(node)].EndTime is not null;

    private static void Lose(Turn turn, NodeSlot slot)
    {
        var message = $"node {slot.Node.Id} was silent for longer than its lease of {turn.Config.Leases.Lease.TotalSeconds:0.#} s";
        foreach (var hold in slot.Holds.Values.Where(hold => !hold.Fenced).ToList())
        {
            if (HasEndedHere(hold.Attempt, slot.Node.Id)) continue;
            slot.Lost[hold.Attempt.Id] = hold.Attempt;
            Ending.EndUnreported(
                turn, turn.State.FindJob(hold.Attempt.Id.Job)!, slot.Node.Id, EndCause.NodeLost, message,
                slot.Node.SilentSince ?? turn.Now);
        }
    }
}
