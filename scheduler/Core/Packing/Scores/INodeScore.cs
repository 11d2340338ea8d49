namespace GpuScheduler.Core.Packing.Scores;

/// <summary>How good it is to give a request to a node that has room for it: a function of the two alone, so that its
/// answer holds until the node changes.</summary>
public interface INodeScore
{
    NodeScore Of(PackingNode node, PackingRequest request);
}

/// <param name="Value">Higher is better.</param>
/// <param name="Card">The best card to share, by index.</param>
public readonly record struct NodeScore(double Value, int Card);
