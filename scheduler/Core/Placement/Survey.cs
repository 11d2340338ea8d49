using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>The node that comes nearest to having room.</summary>
/// <param name="Slot">The node.</param>
/// <param name="Group">Its cards that fit; null for a request without cards.</param>
/// <param name="Wanted">Cards asked for.</param>
/// <param name="Free">Of those cards, how many are free.</param>
internal readonly record struct NearestNode(NodeSlot Slot, CardGroup? Group, int Wanted, int Free);

/// <summary>How a request stands to the whole pool: asked when somebody wants to know why a job waits, never by a cycle.</summary>
internal sealed class Survey
{
    private readonly Predicate<NodeSlot> _lets;

    private Survey(Predicate<NodeSlot> lets) => _lets = lets;

    /// <summary>Nodes that could hold it when idle.</summary>
    public int FitsIdle { get; private set; }

    /// <summary>Of those, the ones that take work now.</summary>
    public int FitsIdleOpen { get; private set; }

    /// <summary>One of the nodes that could hold it but take no work.</summary>
    public NodeSlot? Closed { get; private set; }

    /// <summary>One of those that take work now, but close before the job could be gone.</summary>
    public NodeSlot? Closing { get; private set; }

    /// <summary>The open node that comes nearest; null: none takes work for as long as the job needs.</summary>
    public NearestNode? Nearest { get; private set; }

    /// <summary>Looks at every node.</summary>
    /// <param name="map">The pool.</param>
    /// <param name="query">What the job needs and may use.</param>
    /// <param name="spec">The job: how long it runs counts where nodes have hours.</param>
    public static Survey Of(PoolMap map, PlacementQuery query, JobSpec spec)
    {
        var survey = new Survey(slot => slot.Lets(spec, map.Now));
        foreach (var slot in map.Slots)
        {
            if (!NodeFit.IsRequested(slot, query.Request) || !NodeFit.IsLargeEnough(slot, query.Request)) continue;
            if (query.Request.Gpu is null) survey.Count(slot, new NearestNode(slot, null, 0, 0));
            else survey.CountCards(map, slot, query);
        }

        return survey;
    }

    private void CountCards(PoolMap map, NodeSlot slot, PlacementQuery query)
    {
        NearestNode? best = null;
        var open = false;
        foreach (var option in query.Options(map))
        {
            if (slot.Groups.Find(group => group.Kind == option.Kind) is not { } cards) continue;
            if (Islands.CountPresent(cards, query.Request) < option.Count) continue;
            var near = new NearestNode(slot, cards, option.Count, cards.CountFor(query.Request));
            open |= Islands.CountUsable(cards, query.Request) >= option.Count;
            if (best is null || IsNearer(near, best.Value)) best = near;
        }

        if (best is { } found) Count(slot, found, open);
    }

    private void Count(NodeSlot slot, NearestNode near, bool cardsOpen = true)
    {
        FitsIdle++;
        if (!slot.IsOpen || !cardsOpen)
        {
            Closed ??= slot;
            return;
        }

        FitsIdleOpen++;
        if (!_lets(slot)) Closing ??= slot;
        else if (Nearest is null || IsNearer(near, Nearest.Value)) Nearest = near;
    }

    private static bool IsNearer(NearestNode x, NearestNode y) =>
        x.Free - x.Wanted != y.Free - y.Wanted ? x.Free - x.Wanted > y.Free - y.Wanted : x.Slot.CpuFree > y.Slot.CpuFree;
}
