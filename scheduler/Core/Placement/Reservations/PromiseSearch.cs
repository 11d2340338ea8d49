using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement.Gangs;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>Finds the node where a job that has no room now will have it first, or a gang's nodes.</summary>
internal sealed class PromiseSearch(Outlook outlook)
{
    private (Spot Spot, Expectation Expected)? _best;
    private Prospects? _gang;
    private int _candidates;
    private JobSpec _spec = null!;
    private long _before;

    /// <summary>Compares all nodes that could hold the job: the earliest moment, else the fewest attempts to wait for; then the
    /// preferred class, then the name. Null: none can, or all that can are promised away.</summary>
    /// <param name="map">The pool.</param>
    /// <param name="query">What the job needs and may use.</param>
    /// <param name="spec">The job: how long it runs counts where nodes have hours.</param>
    /// <param name="before">Cards that are free no sooner are of no interest; null: all are.</param>
    /// <param name="now">The present.</param>
    /// <param name="candidates">Nodes that were looked at closely, as they could hold it if nothing were promised; 0: too few for a
    /// gang.</param>
    public IReadOnlyList<Spot>? Best(
        PoolMap map, PlacementQuery query, JobSpec spec, DateTimeOffset? before, DateTimeOffset now, out int candidates)
    {
        (_best, _gang, _candidates) = (null, query.Request.IsGang ? new Prospects(query.Request) : null, 0);
        (_spec, _before) = (spec, before?.UtcTicks ?? long.MaxValue);
        var options = query.Options(map);
        if (query.Request.Nodes.Count > 0)
        {
            foreach (var slot in NamedNodes.Of(map, query.Request)) Consider(slot, query.Request, options, now);
        }
        else if (query.Request.Gpu is null || options.Length > 0)
        {
            for (var i = 0; i < map.Slots.Count; i++) Consider(map.Slots[i], query.Request, options, now);
        }

        candidates = _candidates < query.Request.NodeCount ? 0 : _candidates;
        return _gang is not null ? _gang.Best() : _best is { } best ? [best.Spot] : null;
    }

    private void Consider(NodeSlot slot, ResourceRequest request, ReadOnlySpan<PlacementOption> options, DateTimeOffset now)
    {
        if (!slot.IsInService) return;
        if (request.Gpu is null && MayHold(slot, request, now)) Weigh(slot, Claim.Of(slot, request, null, 0), slot.HasCards ? 1 : 0, now);
        foreach (var option in options)
        {
            for (var i = 0; i < slot.Groups.Count; i++)
            {
                if (slot.Groups[i].Kind == option.Kind) Consider(slot, i, request, option, now);
            }
        }
    }

    /// <summary>The bound first: it passes over most nodes at the cost of a comparison.</summary>
    private void Consider(NodeSlot slot, int group, ResourceRequest request, PlacementOption option, DateTimeOffset now)
    {
        var cards = slot.Groups[group];
        if (IsTooLate(cards.Kind, slot.Releases.EarliestFor(group, option.Count, request.Gpu!.Share, option.Rank, now))) return;
        if (MayHold(slot, request, now) && Islands.CountUsable(cards, request) >= option.Count)
            Weigh(slot, Claim.Of(slot, request, cards, option.Count), option.Rank, now);
    }

    private bool MayHold(NodeSlot slot, ResourceRequest request, DateTimeOffset now) =>
        NodeFit.IsRequested(slot, request) && NodeFit.IsLargeEnough(slot, request) && slot.EverLets(_spec, now);

    /// <summary>
    /// Later than what was found. Of a gang's nodes those that are ready together compete on racks; else the first of equals is taken.
    /// </summary>
    private bool IsTooLate(CardKind kind, Expectation earliest)
    {
        if (_before < long.MaxValue && earliest.Ticks >= _before) return true;
        return _gang is not null
            ? _gang.EnoughAt(kind) is { } enough && earliest.CompareTo(enough) > 0
            : _best is { } best && earliest.CompareTo(best.Expected) >= 0;
    }

    private void Weigh(NodeSlot slot, Claim claim, int rank, DateTimeOffset now)
    {
        _candidates++;
        if (outlook.For(_spec, slot, claim, slot.Kept, now) is not { } forecast) return;
        var expected = Expectation.Of(forecast, rank);
        if (_gang is not null) _gang.Add(slot, claim, expected);
        else if (_best is not { } best || expected.CompareTo(best.Expected) < 0)
            _best = (new Spot(slot, claim.Cards, claim.Count, 0), expected);
    }
}
