using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>A device class that a tier may use although it is none of its first choices.</summary>
/// <param name="Class">The class.</param>
/// <param name="After">Counted from when the job became eligible.</param>
/// <param name="Loan">Set when the class is only lent; null: the tier's own, by spilling.</param>
internal sealed record ClassOpening(DeviceClass Class, TimeSpan After, LoanRule? Loan)
{
    /// <summary>Loans first, as they are open at once; then spill rules, soonest first.</summary>
    public static IReadOnlyList<ClassOpening> For(TierConfig tier, bool checkpointed) =>
    [
        .. tier.Loans.Where(rule => checkpointed || !rule.NeedsCheckpoint).Select(
            rule => new ClassOpening(rule.Class, TimeSpan.Zero, rule)),
        .. tier.Spill.Where(rule => checkpointed || !rule.NeedsCheckpoint).OrderBy(rule => rule.After)
            .Select(rule => new ClassOpening(rule.Class, rule.After, null)),
    ];
}
