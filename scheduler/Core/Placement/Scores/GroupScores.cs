using GpuScheduler.Core.Config;

namespace GpuScheduler.Core.Placement.Scores;

/// <summary>Scores of a node's cards of one kind as they stand, alike for all jobs; 0 … 1. Worked out when the node changes.</summary>
/// <param name="Thermal">1: cool, or not known; 0: about to slow down.</param>
/// <param name="Power">What would be left of the node's power budget beside one more of these cards; 1: there is no budget.</param>
/// <param name="Faults">1: none lately.</param>
internal readonly record struct GroupScores(double Thermal, double Power, double Faults)
{
    /// <summary>Consumer cards slow down at about this temperature, °C.</summary>
    private const double SlowsDown = 85;

    /// <summary>Below this a card counts as cool, °C.</summary>
    private const double Cool = 50;

    public static GroupScores Best { get; } = new(1, 1, 1);

    public long Under(ScoreConfig weights) =>
        Points.Of(weights.Thermal, Thermal) + Points.Of(weights.Power, Power) + Points.Of(weights.Faults, Faults);

    public static GroupScores Of(CardGroup group, DateTimeOffset now)
    {
        var (heat, faults, cards) = (0.0, 0.0, 0);
        foreach (var card in group.Cards)
        {
            if (!card.IsFree) continue;
            cards++;
            heat += Heat(card);
            faults += card.RecentFaults;
        }

        var several = Math.Max(1, cards);
        return new GroupScores(1 - (heat / several), Headroom(group), 1 / (1 + (faults / several) + group.Slot.Node.Faults.At(now)));
    }

    /// <summary>0: cool, or not known; 1: about to slow down.</summary>
    public static double Heat(Card card) => card.Celsius is { } degrees ? Math.Clamp((degrees - Cool) / (SlowsDown - Cool), 0, 1) : 0;

    private static double Headroom(CardGroup group) => group.Slot.Node.Power.CardWatts is { } budget and > 0
        ? Math.Max(0, budget - group.Slot.WattsDrawn - (group.Kind.Traits.Facts.Watts ?? 0)) / (double)budget
        : 1;
}
