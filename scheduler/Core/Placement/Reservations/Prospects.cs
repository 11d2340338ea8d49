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
        forecast.At is { } at ? new(at.UtcTicks, 0, 0, rank) : new(long.MaxValue, forecast.Expected?.UtcTicks ?? long.MaxValue, forecast.Waits, rank);

    public int CompareTo(Expectation other) => (Ticks, Expected, Waits, Rank).CompareTo((other.Ticks, other.Expected, other.Waits, other.Rank));
}

/// <summary>The nodes that could be a gang's, kind of card by kind; chooses those that will have room together first.</summary>
internal sealed class Prospects(ResourceRequest request)
{
    private readonly List<(CardKind? Kind, List<(Spot Spot, Expectation Expected)> Nodes)> _byKind = [];

    public void Add(NodeSlot slot, Claim claim, Expectation expected)
    {
        var kind = request.MixedCards ? null : claim.Cards?.Kind;
        var nodes = _byKind.Find(known => known.Kind == kind).Nodes;
        if (nodes is null) _byKind.Add((kind, nodes = []));
        nodes.Add((new Spot(slot, claim.Cards, claim.Count, expected.Waits), expected));
    }

    /// <summary>Null: no kind of card is on enough nodes.</summary>
    public IReadOnlyList<Spot>? Best()
    {
        (Expectation Expected, List<Spot> Nodes)? best = null;
        foreach (var (_, all) in _byKind)
        {
            var nodes = all.GroupBy(one => one.Spot.Slot).Select(same => same.MinBy(one => one.Expected)).OrderBy(one => one.Expected).ToList();
            if (nodes.Count < request.NodeCount) continue;
            var last = nodes[request.NodeCount - 1].Expected;
            if (best is { } other && last.CompareTo(other.Expected) >= 0) continue;
            // Who is ready by then anyway competes on racks.
            best = (last, RackChoice.Pick([.. nodes.Where(one => one.Expected.CompareTo(last) <= 0).Select(one => one.Spot)], request.NodeCount));
        }

        return best?.Nodes;
    }
}
