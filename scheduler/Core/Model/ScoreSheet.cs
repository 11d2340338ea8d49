namespace GpuScheduler.Core.Model;

/// <summary>How a place scored when a job was placed.</summary>
/// <param name="node">The machine.</param>
/// <param name="model">The driver's name of the cards.</param>
/// <param name="lines">Puts it down score by score: every grant keeps a sheet, and few are ever asked for.</param>
public sealed class ScoreSheet(NodeId node, string model, Func<IReadOnlyList<ScoreLine>> lines)
{
    /// <summary>The machine.</summary>
    public NodeId Node { get; } = node;

    /// <summary>The driver's name of the cards.</summary>
    public string Model { get; } = model;

    /// <summary>Of a part of a card: the card, and how it stood; empty: whole cards.</summary>
    public string Card { get; init; } = "";

    /// <summary>One a score that has a weight, in the order of <c>pool.yaml</c>.</summary>
    public IReadOnlyList<ScoreLine> Lines => lines();

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
/// <param name="RunnerUp">The best that it didn't get; null: there was no other. Of a gang the best of those left.</param>
public sealed record PlacementChoice(ScoreSheet Chosen, ScoreSheet? RunnerUp);
