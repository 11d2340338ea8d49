using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Gangs;

/// <summary>How many nodes a gang could have: asked when somebody wants to know why it waits, never by a cycle.</summary>
internal sealed class GangSurvey
{
    private readonly List<NodeSlot> _idle = [];
    private readonly List<NodeSlot> _open = [];
    private readonly List<NodeSlot> _free = [];

    private readonly Predicate<NodeSlot> _takesIt;

    private GangSurvey(Predicate<NodeSlot> takesIt) => _takesIt = takesIt;

    /// <summary>Nodes that could be one of its when idle; of one kind of card, unless mixed ones are allowed.</summary>
    public IReadOnlyList<NodeSlot> Idle => _idle;

    /// <summary>Of those, the ones that take work, for as long as the job needs.</summary>
    public IReadOnlyList<NodeSlot> Open => _open;

    /// <summary>Of those, the ones that have room now.</summary>
    public IReadOnlyList<NodeSlot> Free => _free;

    /// <summary>The kind of card of which it comes nearest to having enough.</summary>
    public static GangSurvey Of(PoolMap map, PlacementQuery query, JobSpec spec)
    {
        var count = query.Request.NodeCount;
        return Each(map, query, slot => slot.IsOpen && slot.Lets(spec, map.Now))
            .MaxBy(one => (Math.Min(count, one.Idle.Count), Math.Min(count, one.Open.Count), one.Free.Count)) ?? new GangSurvey(_ => true);
    }

    private static IEnumerable<GangSurvey> Each(PoolMap map, PlacementQuery query, Predicate<NodeSlot> takesIt)
    {
        if (query.Request.Gpu is null) return [Survey(map, query.Request, takesIt, _ => (null, 0))];
        var options = query.Options(map).ToArray();
        return query.Request.MixedCards
            ? [Survey(map, query.Request, takesIt, slot => Match(slot, options, query.Request))]
            : options.Select(option => Survey(map, query.Request, takesIt, slot => Match(slot, [option], query.Request)));
    }

    /// <summary>The cards of a node that come nearest to an option, and how many are wanted.</summary>
    private static (CardGroup? Cards, int Count) Match(NodeSlot slot, PlacementOption[] options, ResourceRequest request) =>
        options.SelectMany(
            option => slot.Groups.Where(cards => cards.Kind == option.Kind).Select(cards => (Cards: (CardGroup?)cards, option.Count)))
            .Append((Cards: null, Count: int.MaxValue)).MaxBy(
                pair => (pair.Cards is null ? 0 : Islands.CountFree(pair.Cards, request)) - pair.Count);

    private static GangSurvey Survey(
        PoolMap map, ResourceRequest request, Predicate<NodeSlot> takesIt, Func<NodeSlot, (CardGroup? Cards, int Count)> match)
    {
        var survey = new GangSurvey(takesIt);
        foreach (var slot in map.Slots.Where(slot => NodeFit.IsRequested(slot, request) && NodeFit.IsLargeEnough(slot, request)))
            survey.Count(slot, request, match(slot));
        return survey;
    }

    private void Count(NodeSlot slot, ResourceRequest request, (CardGroup? Cards, int Count) wanted)
    {
        if (!Has(wanted, cards => Islands.CountPresent(cards, request))) return;
        _idle.Add(slot);
        if (!_takesIt(slot) || !Has(wanted, cards => Islands.CountUsable(cards, request))) return;
        _open.Add(slot);
        if (NodeFit.Holds(slot, request) && Has(wanted, cards => Islands.CountFree(cards, request))) _free.Add(slot);
    }

    private static bool Has((CardGroup? Cards, int Count) wanted, Func<CardGroup, int> count) =>
        (wanted.Cards is null ? 0 : count(wanted.Cards)) >= wanted.Count;
}
