using GpuScheduler.Core.Config;

namespace GpuScheduler.Core.Placement.Scores;

/// <summary>Points of one way to meet a request: those of the kind of card, and those of how many of them a node has free. Nodes that
/// are alike in both score alike, so a search looks at such classes of nodes, not at nodes.</summary>
internal sealed class OptionScores(KindScores scores, ScoreConfig weights, FragmentationTable leftovers)
{
    public KindScores Scores => scores;

    /// <summary>Of the kind.</summary>
    public long Kind { get; } = scores.Under(weights);

    /// <summary>Of taking whole cards from a node with so many free.</summary>
    public long OfFree(int free) => leftovers.OfFree(free);

    /// <summary>Of taking a part from a card with so many thousandths left.</summary>
    public long OfMilli(int milli) => leftovers.OfMilli(milli);
}
