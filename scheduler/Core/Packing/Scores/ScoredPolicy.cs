namespace GpuScheduler.Core.Packing.Scores;

/// <summary>Takes the node with the highest score; of equals, the first by name.</summary>
/// <remarks>Equal requests share a list of scores, and one placement changes one node: almost every score is still true when
/// the next request of its kind comes.</remarks>
public sealed class ScoredPolicy(string name, INodeScore score) : IPackingPolicy
{
    private readonly Dictionary<PackingRequest, ScoreList> lists = [];

    public string Name { get; } = name;

    public PackingChoice? Choose(PackingCluster cluster, PackingRequest request)
    {
        if (!lists.TryGetValue(request, out var list))
            lists[request] = list = new(request, cluster.Nodes, score);

        return list.Best();
    }
}
