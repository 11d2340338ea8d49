using GpuScheduler.Core.Config;

namespace GpuScheduler.Core.Placement.Scores;

/// <summary>The scores, in the order of <c>pool.yaml</c>.</summary>
internal enum ScoreName
{
    TierPreference,
    FinishTime,
    Fragmentation,
    Cache,
    Thermal,
    Power,
    Faults,
    Energy,
    Cost,
}

/// <summary>Weights, and points: thousandths of a weight's unit, whole numbers so that equal is equal on every machine.</summary>
internal static class Points
{
    private const int PerUnit = 1000;

    /// <summary>Weight × score.</summary>
    /// <param name="weight">As <c>pool.yaml</c> has it.</param>
    /// <param name="score">0 … 1; 1 is best.</param>
    public static long Of(int weight, double score) => (long)Math.Round(weight * Math.Clamp(score, 0, 1) * PerUnit);

    /// <summary>In units of weights, for people.</summary>
    public static double Shown(long points) => (double)points / PerUnit;

    public static int WeightOf(ScoreConfig scores, ScoreName name) => name switch
    {
        ScoreName.TierPreference => scores.TierPreference,
        ScoreName.FinishTime => scores.FinishTime,
        ScoreName.Fragmentation => scores.Fragmentation,
        ScoreName.Cache => scores.Cache,
        ScoreName.Thermal => scores.Thermal,
        ScoreName.Power => scores.Power,
        ScoreName.Faults => scores.Faults,
        ScoreName.Energy => scores.Energy,
        ScoreName.Cost => scores.Cost,
    };
}
