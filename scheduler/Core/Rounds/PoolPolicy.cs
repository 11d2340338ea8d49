using GpuScheduler.Core.Policies;
using GpuScheduler.Core.Policies.Kinds;

namespace GpuScheduler.Core.Rounds;

/// <summary>By what jobs of one tier stand in line.</summary>
internal enum LineKey
{
    /// <summary>Effective priority.</summary>
    Factors,

    /// <summary>Submission.</summary>
    Submission,

    /// <summary>Least time left, by time limit and what was worked.</summary>
    TimeLeft,

    /// <summary>The same, times cards.</summary>
    AreaLeft,

    /// <summary>Card-time had, in few steps.</summary>
    Attained,
}

/// <summary>How a pool shares its cards (<c>policy</c> in pool.yaml; docs/policies.md has the sources).</summary>
/// <param name="Name">As people write it.</param>
/// <param name="Key">The order of those who wait.</param>
internal sealed record PoolPolicy(string Name, LineKey Key)
{
    public const string Default = "default";

    private static readonly Dictionary<string, PoolPolicy> Known = new PoolPolicy[]
    {
        new(Default, LineKey.Factors),
        new("fifo", LineKey.Submission) { Strict = true },
        new("sjf", LineKey.TimeLeft),
        new("srtf", LineKey.TimeLeft) { Sharing = SharingPolicies.Create("srtf") },
        new("srsf", LineKey.AreaLeft) { Sharing = SharingPolicies.Create("srsf") },
        new("las", LineKey.Attained) { Sharing = SharingPolicies.Create("las") },
        new("max-min", LineKey.Submission) { Sharing = new LeastProgress() },
        new("finish-time-fair", LineKey.Submission) { Sharing = new WorstRatioFirst() },
    }.ToDictionary(policy => policy.Name, StringComparer.Ordinal);

    /// <summary>Who is first and has no room keeps all of its tier from starting.</summary>
    public bool Strict { get; init; }

    /// <summary>Says every round who holds cards; null: a job that started runs on.</summary>
    public ISharingPolicy? Sharing { get; init; }

    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>The policy of that name; the default one for a name that the validator would have refused.</summary>
    public static PoolPolicy Of(string name) => Known.GetValueOrDefault(name) ?? Known[Default];
}
