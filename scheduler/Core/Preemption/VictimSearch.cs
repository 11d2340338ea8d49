using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.Reservations;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Preemption;

/// <summary>
/// Looks for the node on which room for a waiting job costs least: on each node that has somebody who may be stopped, the cheapest
/// set there; then the cheapest of all nodes. Nobody is stopped unless the job is then placed by the very code that grants devices.
/// </summary>
internal sealed class VictimSearch(PoolConfig config, JobTable jobs, PoolMap map, Job asker, PlacementQuery query, DateTimeOffset now)
{
    private readonly List<DeviceClass> _own = [.. query.Classes.Where(open => !YieldRules.IsLoan(config, asker.Spec.Tier, open))];
    private (long Cost, int Count, int Rank) _bestKey;

    /// <summary>The best; null: stopping others makes no room.</summary>
    public Takeover? Best { get; private set; }

    /// <summary>When the first of those who are still left alone no longer is; null: none is left alone.</summary>
    public DateTimeOffset? LookAgainAt { get; private set; }

    public VictimSearch Run()
    {
        foreach (var slot in map.Yielding)
        {
            if (slot.IsOpen && NodeFit.IsRequested(slot, query.Request) && NodeFit.IsLargeEnough(slot, query.Request)) Look(slot);
        }

        return this;
    }

    private void Look(NodeSlot slot)
    {
        if (query.Request.Gpu is null)
        {
            Weigh(slot, Claim.Of(slot, query.Request, null, 0), slot.HasCards ? 1 : 0);
            return;
        }

        foreach (var option in query.Options(map))
        {
            foreach (var cards in slot.Groups)
            {
                if (cards.Kind == option.Kind && cards.CountUsable() >= option.Count && _own.Contains(option.Kind.Class))
                    Weigh(slot, Claim.Of(slot, query.Request, cards, option.Count), option.Rank);
            }
        }
    }

    private void Weigh(NodeSlot slot, Claim claim, int rank)
    {
        var stay = slot.Holds.Values.Where(hold => !hold.Fenced && hold.Attempt.StopCause is null).ToList();
        var room = new RoomWithout(slot, claim);
        var onlyCards = room.MachineFits(stay);
        var candidates = stay.Where(hold => !onlyCards || room.HasCard(hold)).Select(hold => AsVictim(slot, hold)).OfType<Victim>().ToList();
        if (VictimChoice.Cheapest(candidates, (sorted, gone) => room.Fits(Staying(stay, sorted, gone))) is not { } victims) return;
        var key = (victims.Sum(victim => victim.Cost), victims.Count, rank);
        if (Best is not null && key.CompareTo(_bestKey) >= 0) return;
        if (!slot.Lets(asker.Spec, now + victims.Select(victim => victim.Hold.Grace).DefaultIfEmpty().Max())) return;
        if (!Hypothesis.Places(slot, stay.Except(victims.Select(victim => victim.Hold)), query.Request with { Nodes = [], ExcludedNodes = [] }, _own)) return;
        (Best, _bestKey) = (new Takeover(slot, claim, victims), key);
    }

    private Victim? AsVictim(NodeSlot slot, Hold hold)
    {
        if (!hold.MayYield || jobs.Find(hold.Attempt.Id.Job) is not { } job) return null;
        if (YieldRules.Between(config, asker, job, YieldRules.ClassOn(slot, hold.Share)) is not { } kind) return null;
        var free = YieldRules.ProtectedUntil(config.Preemption, kind, hold.Attempt);
        if (free <= now) return new Victim(job, hold, kind, LossOf.Stopping(hold.Attempt, now, config.Preemption.RestartCost));
        if (LookAgainAt is null || free < LookAgainAt) LookAgainAt = free;
        return null;
    }

    private static List<Hold> Staying(List<Hold> stay, IReadOnlyList<Victim> sorted, bool[] gone)
    {
        var left = new List<Hold>(stay);
        for (var i = 0; i < gone.Length; i++)
        {
            if (gone[i]) left.Remove(sorted[i].Hold);
        }

        return left;
    }
}
