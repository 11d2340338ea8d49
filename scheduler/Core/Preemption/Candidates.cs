using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.Gangs;
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
    public IReadOnlyList<Victim>? CheapestOn(Spot spot)
    {
        var (slot, stay) = (spot.Slot, Staying(spot.Slot));
        var room = new RoomWithout(slot, Claim.Of(slot, request, spot.Cards, spot.Count, spot.PartOf));
        var onlyCards = room.MachineFits(stay);
        var candidates = stay.Where(hold => !onlyCards || room.HasCard(hold)).Select(hold => AsVictim(slot, hold)).OfType<Victim>()
            .ToList();
        var sets = onlyCards && spot.PartOf is null ? CardByCard(stay, candidates) : candidates.Select(victim => new VictimSet([victim]));
        return VictimChoice.Cheapest([.. sets], (sorted, gone) => room.Fits(Without(stay, sorted, gone)));
    }

    /// <summary>Who wants whole cards gets one only once all parts of it are free: they go together, or none of them does.</summary>
    private static IEnumerable<VictimSet> CardByCard(List<Hold> stay, List<Victim> candidates)
    {
        var parts = candidates.ToLookup(victim => victim.Hold.Share.Devices is [{ IsWhole: false } part] ? part.Uuid : "");
        var together = parts.Where(card => card.Key.Length > 0 && stay.Count(hold => hold.Share.Holds(card.Key)) == card.Count());
        return parts[""].Select(victim => new VictimSet([victim])).Concat(together.Select(card => new VictimSet([.. card])));
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

    private static List<Hold> Without(List<Hold> stay, IReadOnlyList<VictimSet> sorted, bool[] gone)
    {
        var left = new List<Hold>(stay);
        for (var i = 0; i < gone.Length; i++)
        {
            if (gone[i]) left.RemoveAll(hold => sorted[i].Members.Any(victim => ReferenceEquals(victim.Hold, hold)));
        }

        return left;
    }
}
