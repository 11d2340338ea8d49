namespace GpuScheduler.Simulation.Openb;

/// <param name="Placed">Pods that found room.</param>
/// <param name="TurnedAway">Pods that found none.</param>
internal sealed record OpenbResult(string Policy, int Seed, AllocationCurve Curve, int Placed, int TurnedAway)
{
    /// <summary>Where published results are quoted, in percent of all cards asked for so far.</summary>
    public static IReadOnlyList<int> Points { get; } = [95, 100, 130];
}
