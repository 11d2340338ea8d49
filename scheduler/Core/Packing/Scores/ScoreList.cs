namespace GpuScheduler.Core.Packing.Scores;

/// <summary>The scores of every node for one kind of request, each worked out again only after its node has changed.</summary>
internal sealed class ScoreList(PackingRequest request, IReadOnlyList<PackingNode> nodes, INodeScore score)
{
    private readonly Entry[] entries = [.. nodes.Select(_ => Entry.Unknown)];

    public PackingChoice? Best()
    {
        var best = -1;
        for (var index = 0; index < entries.Length; index++)
        {
            Refresh(index);
            if (entries[index].Fits && (best < 0 || entries[index].Score.Value > entries[best].Score.Value))
                best = index;
        }

        return best < 0 ? null : new(nodes[best], entries[best].Score.Card);
    }

    private void Refresh(int index)
    {
        var node = nodes[index];
        if (entries[index].Version != node.Version)
            entries[index] = node.Fits(request) ? new(node.Version, true, score.Of(node, request)) : new(node.Version, false, default);
    }

    private readonly record struct Entry(int Version, bool Fits, NodeScore Score)
    {
        public static Entry Unknown { get; } = new(-1, false, default);
    }
}
