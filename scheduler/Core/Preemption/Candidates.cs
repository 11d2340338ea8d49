using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.Reservations;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Preemption;

/// <summary>Whom a waiting job may have stopped on a node, and which of them would cost least.</summary>
internal sealed class Candidates(PoolConfig config, JobTable jobs, Job asker, ResourceRequest request, DateTimeOffset now)
{
    /// <summary>When the first of those who are still left alone no longer is; null: none is left alone.</summary>
    public DateTimeOffset? LookAgainAt { get; private set; }

    /// <summary>Who stays on a node whatever happens here: those being stopped are as good as gone.</summary>
    public static List<Hold> Staying(NodeSlot slot) => [.. slot.Holds.Values.Where(hold => !hold.Fenced && hold.Attempt.StopCause is null)];

    /// <summary>The cheapest set that makes room on a node; empty: there is room once those who are being stopped are gone; null: not
    /// even all of them make room.</summary>
    public IReadOnlyList<Victim>? CheapestOn(NodeSlot slot, CardGroup? cards, int count)
    {
        var stay = Staying(slot);
        var room = new RoomWithout(slot, Claim.Of(slot, request, cards, count));
        var onlyCards = room.MachineFits(stay);
        var candidates = stay.Where(hold => !onlyCards || room.HasCard(hold)).Select(hold => AsVictim(slot, hold)).OfType<Victim>().ToList();
        return VictimChoice.Cheapest(candidates, (sorted, gone) => room.Fits(Without(stay, sorted, gone)));
    }

    /// <summary>True when the node is open for long enough after they are gone.</summary>
    public bool IsOpenAfter(NodeSlot slot, IEnumerable<Victim> victims) =>
        slot.Lets(asker.Spec, now + victims.Select(victim => victim.Hold.Grace).DefaultIfEmpty().Max());

    private Victim? AsVictim(NodeSlot slot, Hold hold)
    {
        if (!hold.MayYield || jobs.Find(hold.Attempt.Id.Job) is not { } job) return null;
        if (YieldRules.Between(config, asker, job, YieldRules.ClassOn(slot, hold.Share)) is not { } kind) return null;
        var free = YieldRules.ProtectedUntil(config.Preemption, kind, hold.Attempt);
        if (free <= now) return new Victim(job, hold, kind, LossOf.Stopping(hold.Attempt, now, config.Preemption.RestartCost));
        if (LookAgainAt is null || free < LookAgainAt) LookAgainAt = free;
        return null;
    }

    private static List<Hold> Without(List<Hold> stay, IReadOnlyList<Victim> sorted, bool[] gone)
    {
        var left = new List<Hold>(stay);
        for (var i = 0; i < gone.Length; i++)
        {
            if (gone[i]) left.Remove(sorted[i].Hold);
        }

        return left;
    }
}
