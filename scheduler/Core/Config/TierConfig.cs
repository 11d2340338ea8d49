using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Config;

/// <summary>One tier: what kind of work, where it goes, and whom it stands back for.</summary>
/// <param name="Name">As users write it.</param>
/// <param name="Classes">First choices, best first; equally open from the beginning, but the first with room wins.</param>
/// <param name="Spill">Classes that open after a delay.</param>
public sealed record TierConfig(string Name, IReadOnlyList<DeviceClass> Classes, IReadOnlyList<SpillRule> Spill)
{
    /// <summary>Classes that the tier borrows while they are idle, and gives back to tiers whose first choice they are.</summary>
    public IReadOnlyList<LoanRule> Loans { get; init; } = [];

    /// <summary>Whether running jobs of the tier may be stopped for tiers served before it. A loan is given back in any case.</summary>
    public TierYield Yields { get; init; } = TierYield.Never;

    /// <summary>A waiting job may stop running ones of its own tier whose priority is lower by at least this much; null: never.</summary>
    public int? PreemptsByPriority { get; init; }

    /// <summary>What the tier's jobs together may have at once.</summary>
    public QuotaLimits Limits { get; init; } = QuotaLimits.None;

    /// <summary>training, validation, preprocessing, as shipped.</summary>
    public static IReadOnlyList<TierConfig> Shipped { get; } =
    [
        new("training", [DeviceClass.Datacenter, DeviceClass.Professional],
            [new(DeviceClass.Consumer, TimeSpan.FromMinutes(30), NeedsCheckpoint: true)]),
        new("validation", [DeviceClass.Consumer, DeviceClass.Professional], [])
        {
            Loans = [new(DeviceClass.Datacenter, TimeSpan.Zero, NeedsCheckpoint: false)],
        },
        new("preprocessing", [DeviceClass.Cpu, DeviceClass.Integrated], []) { Yields = TierYield.Always },
    ];
}

/// <summary>A class that a tier may use once the job has waited.</summary>
/// <param name="Class">The class.</param>
/// <param name="After">Counted from when the job became eligible.</param>
/// <param name="NeedsCheckpoint">Only for jobs with a checkpoint contract.</param>
public sealed record SpillRule(DeviceClass Class, TimeSpan After, bool NeedsCheckpoint);

/// <summary>A class that a tier may borrow while it is not used.</summary>
/// <param name="Class">The class.</param>
/// <param name="Idle">How long a node's cards of the class must have been left alone before they are lent; zero: at once.</param>
/// <param name="NeedsCheckpoint">Only to jobs with a checkpoint contract: others lose their whole run when they give back.</param>
public sealed record LoanRule(DeviceClass Class, TimeSpan Idle, bool NeedsCheckpoint);

/// <summary>Whether a tier's running jobs may be stopped for tiers served before it.</summary>
public enum TierYield
{
    /// <summary>What runs, runs on.</summary>
    Never = 1,

    /// <summary>Jobs with a checkpoint contract, which lose no more than the work since their last one.</summary>
    Checkpointed = 2,

    /// <summary>All jobs: one without a contract loses its whole run.</summary>
    Always = 3,
}
