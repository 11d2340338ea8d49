using GpuScheduler.Core.Packing.Scores;

namespace GpuScheduler.Core.Packing;

/// <summary>The policies by name.</summary>
public static class PackingPolicies
{
    /// <summary>How much of the requests the mix accounts for, in published FGD experiments and here: rare kinds are left out.</summary>
    private const double TypicalCoverage = 0.95;

    public static IReadOnlyList<string> Names { get; } = ["random", "bestfit", "fgd", "default"];

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="expected">Requests that stand for the mix that is to come, in any order.</param>
    /// <param name="seed">Of the policies only <c>random</c> draws.</param>
    public static IPackingPolicy Create(string name, PackingCluster cluster, IReadOnlyCollection<PackingRequest> expected, ulong seed) =>
        name switch
        {
            "random" => new RandomFit(seed),
            "bestfit" => new ScoredPolicy(name, new BestFitScore()),
            "fgd" => new ScoredPolicy(name, new FragmentationScore(WorkloadMix.Of(expected, TypicalCoverage))),
            "default" => new ScoredPolicy(name, new OpportunityScore(WorkloadMix.Of(expected, TypicalCoverage), cluster)),
            _ => throw new ArgumentException($"policy is '{name}'; allowed: {string.Join(", ", Names)}", nameof(name)),
        };
}
