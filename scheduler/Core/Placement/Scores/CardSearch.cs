using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Scores;

/// <summary>
/// Finds the best place for whole cards of one node. Nodes are indexed by kind of card, free cards, and how they stand, best first: the
/// first of such a class that the filters let through is the best of it, so a search costs as much as there are classes.
/// </summary>
internal sealed class CardSearch(PoolMap map, PlacementQuery query, Gate may)
{
    /// <summary>Looks into a class that can't win any more, for the sake of a runner-up to tell of.</summary>
    private const int Glances = 2;

    private Candidate? _best;
    private Candidate? _second;

    /// <summary>Null: no room. The job's own order of alternatives stands above all scores.</summary>
    public static Allocation? Find(PoolMap map, PlacementQuery query, Gate may)
    {
        query.Choice = null;
        var options = query.Options(map);
        var search = new CardSearch(map, query, may);
        for (var from = 0; from < options.Length && search._best is null;)
        {
            var to = from + 1;
            while (to < options.Length && options[to].Place == options[from].Place) to++;
            search.Look(options[from..to]);
            from = to;
        }

        return search.Take();
    }

    private Allocation? Take()
    {
        if (_best is not { } best) return null;
        query.Choice = (best, _second);
        return Allocations.Of(best.Group, best.Option.Count, query.Request);
    }

    private void Look(ReadOnlySpan<PlacementOption> options)
    {
        if (query.Request.Nodes.Count > 0)
        {
            foreach (var slot in NamedNodes.Of(map, query.Request)) LookAt(slot, options);
            return;
        }

        foreach (var share in query.Asker.Last)
        {
            if (map.Find(share.Node) is { } slot) LookAt(slot, options);
        }

        foreach (var option in options) Look(option);
    }

    private void LookAt(NodeSlot slot, ReadOnlySpan<PlacementOption> options)
    {
        foreach (var option in options)
        {
            foreach (var group in slot.Groups)
            {
                if (group.Kind == option.Kind && group.IndexedFree >= option.Count && Fits(group, option)) Weigh(group, option);
            }
        }
    }

    private void Look(PlacementOption option)
    {
        for (var free = option.Count; free <= option.Kind.ByFree.Most; free++)
        {
            var alike = option.Kind.ByFree[free];
            if (alike.Count > 0) Look(alike, option, option.Scores.Kind + option.Scores.OfFree(free));
        }
    }

    private void Look(List<CardGroup> alike, PlacementOption option, long points)
    {
        var (glances, found) = (0, false);
        foreach (var group in alike)
        {
            var most = points + group.Points;
            if (_second is { } second && most < second.Points) return;
            if (_best is { } best && (found || most < best.Points) && glances++ == Glances) return;
            if (!Fits(group, option)) continue;
            Weigh(group, option);
            found = true;
        }
    }

    private bool Fits(CardGroup group, PlacementOption option) =>
        NodeFit.Holds(group.Slot, query.Request) && NodeFit.HoldsTogether(group, option.Count, query.Request)
            && may(group.Slot, group, option.Count, null);

    private void Weigh(CardGroup group, PlacementOption option)
    {
        var one = Candidate.Of(group, option, query.Asker.PointsOn(group.Slot, map.Scores));
        if (_best is not { } best || one.CompareTo(best) < 0)
        {
            if (_best is { } old && !ReferenceEquals(old.Group, group)) _second = old;
            _best = one;
        }
        else if (!ReferenceEquals(best.Group, group) && (_second is not { } second || one.CompareTo(second) < 0))
        {
            _second = one;
        }
    }
}
