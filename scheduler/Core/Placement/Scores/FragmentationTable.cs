using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Packing;

namespace GpuScheduler.Core.Placement.Scores;

/// <summary>Points for what a placement leaves behind on one kind of card, by how much is free there. Worked out when first asked for,
/// and kept until the mix of requests changes: whose job it is plays no part.</summary>
internal sealed class FragmentationTable(CardKind kind, int count, CardShare? share, ScoreConfig weights, LiveDemand demand)
{
    /// <summary>Where nothing is known of the mix: FGD's score for a placement that spoils nothing.</summary>
    private const double Neutral = 0.5;

    /// <summary>FGD's scores are 0 … 100.</summary>
    private const double BestScore = 100;

    private readonly List<long> _byFree = [];
    private readonly List<long> _byMilli = [];
    private long _version = -1;

    /// <summary>Of taking whole cards from a node with so many free.</summary>
    public long OfFree(int free) => Look(_byFree, free, OnNode);

    /// <summary>Of taking a part from a card with so many thousandths left.</summary>
    public long OfMilli(int milli) => Look(_byMilli, milli, OnCard);

    private long Look(List<long> table, int at, Func<int, double> score)
    {
        if (_version != demand.Version)
        {
            _byFree.Clear();
            _byMilli.Clear();
            _version = demand.Version;
        }

        while (table.Count <= at) table.Add(long.MinValue);
        if (table[at] == long.MinValue) table[at] = Points.Of(weights.Fragmentation, demand.Score is null ? Neutral : score(at));
        return table[at];
    }

    /// <summary>Cores and memory are left out: that there is enough of them is a filter's business.</summary>
    private double OnNode(int free) =>
        demand.Score!.Of(Machine(free), new PackingRequest(0, 0, count, PackingRequest.WholeGpu, ModelSet.Any)).Value / BestScore;

    private double OnCard(int milli)
    {
        var card = Machine(1);
        if (milli < PackingRequest.WholeGpu) card.Take(new PackingRequest(0, 0, 1, PackingRequest.WholeGpu - milli, ModelSet.Any), 0);
        return demand.Score!.Of(card, new PackingRequest(0, 0, 1, share!.Milli, ModelSet.Any)).Value / BestScore;
    }

    private PackingNode Machine(int cards) => new("", 0, 0, cards, kind.Key);
}
