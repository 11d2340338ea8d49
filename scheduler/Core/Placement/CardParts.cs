using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement.Scores;

namespace GpuScheduler.Core.Placement;

/// <summary>
/// Finds room for a part of a card. Cards that are given out in parts are filled first; only then is another card begun. So parts stay
/// together, and whole cards whole. Within each of the two the scores decide; of equals, the card with the least left, and the node with
/// the fewest free ones.
/// </summary>
internal sealed class CardParts(PoolMap map, PlacementQuery query, CardShare share, Gate may)
{
    /// <summary>Looks into a class that can't win any more, for the sake of a runner-up to tell of.</summary>
    private const int Glances = 2;

    private Candidate? _best;
    private Candidate? _second;
    private bool _isChosen;

    /// <summary>The job's own order, then the tier's order of classes; null: no room.</summary>
    public static Allocation? Find(PoolMap map, PlacementQuery query, CardShare share, Gate may)
    {
        query.Choice = null;
        var search = new CardParts(map, query, share, may);
        var options = query.Options(map).ToArray();
        foreach (var alike in options.GroupBy(option => (option.Place, option.ClassRank)).OrderBy(alike => alike.Key))
        {
            search.Look([.. alike]);
            if (search._second is not null) break;
            search._isChosen = search._best is not null;
        }

        return search.Take();
    }

    private Allocation? Take()
    {
        if (_best is not { } best) return null;
        query.Choice = (best, _second);
        return Allocations.OfPart(best.Begun ?? Allocations.ToBegin(best.Group, query.Asker.Job), share, query.Request);
    }

    private void Look(PlacementOption[] options)
    {
        foreach (var slot in NamedNodes.Of(map, query.Request)) LookAt(slot, options);
        if (query.Request.Nodes.Count > 0) return;
        foreach (var last in query.Asker.Last)
        {
            if (map.Find(last.Node) is { } slot) LookAt(slot, options);
        }

        foreach (var option in options) LookAtBegun(option);
        foreach (var option in options) LookAtFree(option);
    }

    private void LookAt(NodeSlot slot, PlacementOption[] options)
    {
        foreach (var option in options)
        {
            foreach (var group in slot.Groups.Where(group => group.Kind == option.Kind))
            {
                foreach (var card in group.Cards.Where(card => card.IndexedMilli >= share.Milli)) Weigh(CandidateOf(group, option, card));
                if (group.IndexedFree > 0) Weigh(CandidateOf(group, option, null));
            }
        }
    }

    /// <summary>Cards with as much left are alike: the first that fits stands for all of them.</summary>
    private void LookAtBegun(PlacementOption option)
    {
        for (var milli = option.Kind.ByMilli.NextUsed(share.Milli); milli >= 0; milli = option.Kind.ByMilli.NextUsed(milli + 1))
        {
            var glances = 0;
            foreach (var card in option.Kind.ByMilli[milli])
            {
                if (!Goes(CandidateOf(card.Group!, option, card), ref glances)) break;
            }
        }
    }

    private void LookAtFree(PlacementOption option)
    {
        for (var free = option.Kind.ByFree.NextUsed(1); free >= 0; free = option.Kind.ByFree.NextUsed(free + 1))
        {
            var glances = 0;
            foreach (var group in option.Kind.ByFree[free])
            {
                if (!Goes(CandidateOf(group, option, null), ref glances)) break;
            }
        }
    }

    private Candidate CandidateOf(CardGroup group, PlacementOption option, Card? begun) =>
        Candidate.OfPart(group, option, begun, query.Asker.PointsOn(group.Slot, map.Scores));

    /// <summary>False: nothing behind it in its class is of interest.</summary>
    private bool Goes(Candidate one, ref int glances)
    {
        var wins = !_isChosen && (_best is not { } best || one.CompareTo(best) < 0);
        if (!wins && ((_second is { } second && one.CompareTo(second) >= 0) || glances++ == Glances)) return false;
        Weigh(one);
        return true;
    }

    private void Weigh(Candidate one)
    {
        if (!Fits(one) || _best?.IsAt(one) == true) return;
        if (_best is not { } best || (!_isChosen && one.CompareTo(best) < 0))
        {
            _second = _best ?? _second;
            _best = one;
        }
        else if (_second is not { } second || one.CompareTo(second) < 0)
        {
            _second = one;
        }
    }

    private bool Fits(Candidate one) =>
        one.Begun?.HasRoomBeside(share) != false && NodeFit.Holds(one.Group.Slot, query.Request)
        && may(one.Group.Slot, one.Group, 1, one.Begun ?? Allocations.ToBegin(one.Group, query.Asker.Job));
}
