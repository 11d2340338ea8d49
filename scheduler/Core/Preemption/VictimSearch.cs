using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.Gangs;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Preemption;

/// <summary>
/// Looks for the room for a waiting job that costs least: on each node that has somebody who may be stopped, the cheapest set there; then
/// the cheapest of all nodes, and for a gang as many of them as it needs. No job is stopped unless this one is then placed by the very
/// code that grants devices.
/// </summary>
internal sealed class VictimSearch(PoolConfig config, JobTable jobs, PoolMap map, Job asker, PlacementQuery query, DateTimeOffset now)
{
    private readonly List<DeviceClass> _own = [.. query.Classes.Where(open => !YieldRules.IsLoan(config, asker.Spec.Tier, open))];
    private readonly Candidates _candidates = new(config, jobs, asker, query.Request, now);
    private (long Cost, int Count, int Rank) _bestKey;

    /// <summary>The best; null: stopping others makes no room.</summary>
    public Takeover? Best { get; private set; }

    /// <summary>When the first of those who are still left alone no longer is; null: none is left alone.</summary>
    public DateTimeOffset? LookAgainAt => _candidates.LookAgainAt;

    public VictimSearch Run()
    {
        if (query.Request.IsGang)
        {
            LookForGang();
            return this;
        }

        foreach (var spot in SpotsOf(map.Yielding))
        {
            if (_candidates.CheapestOn(spot) is { } victims) Weigh([spot], victims, (int)spot.Cost);
        }

        return this;
    }

    private bool MayUse(NodeSlot slot) =>
        slot.IsOpen && NodeFit.IsRequested(slot, query.Request) && NodeFit.IsLargeEnough(slot, query.Request);

    /// <summary>What the job could have of each node if all were gone who may be stopped; the cost is how little it is preferred.</summary>
    private List<Spot> SpotsOf(IEnumerable<NodeSlot> slots)
    {
        var spots = new List<Spot>();
        PlacementOption[] options = [.. query.Options(map).ToArray().Where(option => _own.Contains(option.Kind.Class))];
        foreach (var slot in slots)
        {
            if (!MayUse(slot)) continue;
            if (query.Request.Gpu is null) spots.Add(new Spot(slot, null, 0, slot.HasCards ? 1 : 0));
            foreach (var option in options) AddSpots(spots, slot, option);
        }

        return spots;
    }

    private void AddSpots(List<Spot> spots, NodeSlot slot, PlacementOption option)
    {
        for (var group = 0; group < slot.Groups.Count; group++)
        {
            var cards = slot.Groups[group];
            if (cards.Kind != option.Kind) continue;
            var freed = slot.Releases.Of(group, now);
            if (query.Request.Gpu!.Share is not { } share)
            {
                if (freed.MostFreed >= option.Count) spots.Add(new Spot(slot, cards, option.Count, option.Rank));
                continue;
            }

            for (var i = 0; i < cards.Cards.Count; i++)
            {
                if (cards.Cards[i].IsUsable && freed.Staying(i) + share.Milli <= DeviceShare.Whole)
                    spots.Add(new Spot(slot, cards, option.Count, option.Rank) { PartOf = cards.Cards[i] });
            }
        }
    }

    /// <summary>
    /// Nodes with room count as well, and cost nothing. Of each kind of card those nodes that cost least; of several racks none in
    /// particular.
    /// </summary>
    private void LookForGang()
    {
        var priced = SpotsOf(map.Slots).Select(spot => (Spot: spot, Victims: _candidates.CheapestOn(spot)))
            .Where(pair => pair.Victims is not null).ToList();
        foreach (var alike in priced.GroupBy(pair => query.Request.MixedCards ? default : (pair.Spot.Count, pair.Spot.Cards?.Kind.Twins)))
        {
            var nodes = alike.GroupBy(pair => pair.Spot.Slot).Select(same => same.MinBy(pair => (CostOf(pair.Victims!), pair.Spot.Cost)))
                .OrderBy(pair => CostOf(pair.Victims!)).ThenBy(pair => pair.Spot.Cost).ThenBy(pair => pair.Spot.Slot.Node.Id)
                .Take(query.Request.NodeCount).ToList();
            if (nodes.Count < query.Request.NodeCount) continue;
            var spots = nodes.Select(pair => pair.Spot).OrderBy(spot => spot.Slot.Rack, StringComparer.Ordinal)
                .ThenBy(spot => spot.Slot.Node.Id).ToList();
            Weigh(spots, [.. nodes.SelectMany(pair => pair.Victims!).DistinctBy(victim => victim.Job)], (int)spots.Max(spot => spot.Cost));
        }
    }

    private static long CostOf(IEnumerable<Victim> victims) => victims.Sum(victim => victim.Cost);

    private void Weigh(IReadOnlyList<Spot> spots, IReadOnlyList<Victim> victims, int rank)
    {
        var key = (CostOf(victims), victims.Count, rank);
        if (Best is not null && key.CompareTo(_bestKey) >= 0) return;
        if (spots.Any(spot => !_candidates.IsOpenAfter(spot.Slot, victims))) return;
        var gone = victims.Select(victim => victim.Job.Id).ToHashSet();
        var nodes = spots.Select(spot => (spot.Slot, Candidates.Staying(spot.Slot).Where(hold => !gone.Contains(hold.Attempt.Id.Job))));
        if (!Hypothesis.Places(map, nodes, query.Request, _own)) return;
        (Best, _bestKey) = (new Takeover(spots, victims), key);
    }
}
