namespace GpuScheduler.Core.Model;

/// <summary>How a place scored when a job was placed.</summary>
/// <param name="Node">The machine.</param>
/// <param name="Model">The driver's name of the cards.</param>
/// <param name="Lines">One a score that has a weight, in the order of <c>pool.yaml</c>.</param>
public sealed record ScoreSheet(NodeId Node, string Model, IReadOnlyList<ScoreLine> Lines)
{
    /// <summary>The sum that was compared.</summary>
    public double Total => Lines.Sum(line => line.Points);
}

/// <summary>One score.</summary>
/// <param name="Name">As in <c>pool.yaml</c>.</param>
/// <param name="Points">Weight × score.</param>
/// <param name="Weight">The most there were to have.</param>
public sealed record ScoreLine(string Name, double Points, int Weight);

/// <summary>Why a job went where it went.</summary>
/// <param name="Chosen">The place it got; of a gang the head's.</param>
/// <param name="RunnerUp">The best that it didn't get; null: there was no other, or a gang chose among sets of nodes.</param>
public sealed record PlacementChoice(ScoreSheet Chosen, ScoreSheet? RunnerUp);
