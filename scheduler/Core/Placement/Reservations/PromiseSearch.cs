using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>Finds the node where a job that has no room now will have it first.</summary>
internal sealed class PromiseSearch(Outlook outlook)
{
    private (NodeSlot Slot, Claim Claim, Forecast Forecast, int Rank)? _best;
    private int _candidates;

    /// <summary>Compares all nodes that could hold the job: the earliest moment, else the fewest attempts to wait for; then the
    /// preferred class, then the name. Null: none can, or all that can are promised away.</summary>
    /// <param name="map">The pool.</param>
    /// <param name="query">What the job needs and may use.</param>
    /// <param name="now">The present.</param>
    /// <param name="candidates">Nodes that could hold it if nothing were promised.</param>
    public (NodeSlot Slot, Claim Claim)? Best(PoolMap map, PlacementQuery query, DateTimeOffset now, out int candidates)
    {
        (_best, _candidates) = (null, 0);
        var options = query.Options(map);
        if (query.Request.Nodes.Count > 0)
        {
            foreach (var name in query.Request.Nodes) Consider(map.Find(new NodeId(name)), query.Request, options, now);
        }
        else if (query.Request.Gpu is null || options.Length > 0)
        {
            foreach (var slot in map.Slots) Consider(slot, query.Request, options, now);
        }

        candidates = _candidates;
        return _best is { } best ? (best.Slot, best.Claim) : null;
    }

    private void Consider(NodeSlot? slot, ResourceRequest request, ReadOnlySpan<PlacementOption> options, DateTimeOffset now)
    {
        if (slot is not { IsOpen: true } || !NodeFit.IsRequested(slot, request)) return;
        if (!NodeFit.IsLargeEnough(slot, request)) return;
        if (request.Gpu is null) Weigh(slot, Claim.Of(slot, request, null, 0), slot.HasCards ? 1 : 0, now);
        foreach (var option in options)
        {
            foreach (var cards in slot.Groups)
            {
                if (cards.Kind == option.Kind && cards.CountUsable() >= option.Count)
                    Weigh(slot, Claim.Of(slot, request, cards, option.Count), option.Rank, now);
            }
        }
    }

    private void Weigh(NodeSlot slot, Claim claim, int rank, DateTimeOffset now)
    {
        _candidates++;
        if (outlook.Of(slot, claim, slot.Promises, now) is not { } forecast) return;
        if (_best is not { } best || Key(forecast, rank).CompareTo(Key(best.Forecast, best.Rank)) < 0) _best = (slot, claim, forecast, rank);
    }

    private static (long, int, int) Key(Forecast forecast, int rank) =>
        forecast.At is { } at ? (at.UtcTicks, 0, rank) : (long.MaxValue, forecast.Waits, rank);
}
