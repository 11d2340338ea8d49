using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement.Gangs;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>When a node will have room, compared with others: the earliest moment, else the fewest attempts to wait for.</summary>
/// <param name="Ticks">The moment by limits, or the latest there is.</param>
/// <param name="Expected">Where there is none: the moment by what earlier runs took, or the latest there is.</param>
/// <param name="Waits">Attempts to wait for where there is no moment.</param>
/// <param name="Rank">How much its cards are preferred.</param>
internal readonly record struct Expectation(long Ticks, long Expected, int Waits, int Rank) : IComparable<Expectation>
{
    public static Expectation Of(Forecast forecast, int rank) =>
        forecast.At is { } at
            ? new(at.UtcTicks, 0, 0, rank)
            : new(long.MaxValue, forecast.Expected?.UtcTicks ?? long.MaxValue, forecast.Waits, rank);

    public int CompareTo(Expectation other)
    {
        if (Ticks != other.Ticks) return Ticks.CompareTo(other.Ticks);
        if (Expected != other.Expected) return Expected.CompareTo(other.Expected);
        return Waits != other.Waits ? Waits.CompareTo(other.Waits) : Rank.CompareTo(other.Rank);
    }
}

/// <summary>The nodes that could be a gang's, kind of card by kind; chooses those that will have room together first.</summary>
internal sealed class Prospects(ResourceRequest request)
{
    private readonly List<Field> _byKind = [];

    public void Add(NodeSlot slot, Claim claim, Expectation expected)
    {
        var kind = KindOf(claim);
        var field = _byKind.Find(known => known.Kind == kind);
        if (field is null) _byKind.Add(field = new Field(kind, [], []));
        field.Nodes.Add((new Spot(slot, claim.Cards, claim.Count, expected.Waits), expected));
        var known = field.First.FindIndex(one => one.Slot == slot);
        if (known >= 0 && field.First[known].Expected.CompareTo(expected) <= 0) return;
        if (known >= 0) field.First.RemoveAt(known);
        field.First.Insert(field.First.Count(one => one.Expected.CompareTo(expected) <= 0), (slot, expected));
        if (field.First.Count > request.NodeCount) field.First.RemoveAt(request.NodeCount);
    }

    /// <summary>When enough nodes have such cards: who is later plays no part. Null: they are not found yet.</summary>
    public Expectation? EnoughAt(CardKind cards)
    {
        var kind = request.MixedCards ? null : cards;
        foreach (var field in _byKind)
        {
            if (field.Kind == kind) return field.First.Count == request.NodeCount ? field.First[^1].Expected : null;
        }

        return null;
    }

    /// <summary>Null: no kind of card is on enough nodes.</summary>
    public IReadOnlyList<Spot>? Best()
    {
        (Expectation Expected, List<Spot> Nodes)? best = null;
        foreach (var field in _byKind)
        {
            var nodes = field.Nodes.GroupBy(one => one.Spot.Slot).Select(same => same.MinBy(one => one.Expected))
                .OrderBy(one => one.Expected).ToList();
            if (nodes.Count < request.NodeCount) continue;
            var last = nodes[request.NodeCount - 1].Expected;
            if (best is { } other && last.CompareTo(other.Expected) >= 0) continue;
            // Who is ready by then anyway competes on racks.
            best = (
                last,
                RackChoice.Pick([.. nodes.Where(one => one.Expected.CompareTo(last) <= 0).Select(one => one.Spot)], request.NodeCount));
        }

        return best?.Nodes;
    }

    private CardKind? KindOf(Claim claim) => request.MixedCards ? null : claim.Cards?.Kind;

    /// <summary>Nodes with one kind of card.</summary>
    /// <param name="Kind">The kind; null: any.</param>
    /// <param name="Nodes">All that were looked at closely.</param>
    /// <param name="First">Of those, as many as the gang needs, the earliest first.</param>
    private sealed record Field(
        CardKind? Kind, List<(Spot Spot, Expectation Expected)> Nodes, List<(NodeSlot Slot, Expectation Expected)> First);
}
