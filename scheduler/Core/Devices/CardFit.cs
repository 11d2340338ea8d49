using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Devices;

/// <summary>What requests see of a card.</summary>
/// <param name="Key">What requests call its model.</param>
/// <param name="MemoryMib">Memory, MiB.</param>
/// <param name="Mig">Profile of a part of a card; null: a whole card.</param>
/// <param name="Facts">The rest.</param>
public readonly record struct CardTraits(string Key, long MemoryMib, string? Mig, CardFacts Facts);

/// <summary>Whether a card is of a kind asked for, held or not. The one rule for admission, placement and explanations.</summary>
public static class CardFit
{
    /// <summary>Null: it is; otherwise the first thing that it lacks.</summary>
    public static Reason? Misfit(GpuAlternative wanted, CardTraits card)
    {
        if (wanted.Model is not null && wanted.Model != card.Key) return Reason.CardTypeMismatch;
        if (!MigFits(wanted.Mig, card.Mig)) return Reason.CardTypeMismatch;
        if (card.MemoryMib < wanted.MinMemoryMib || card.MemoryMib > (wanted.MaxMemoryMib ?? long.MaxValue))
            return Reason.CardInsufficientMemory;
        return ReferenceEquals(wanted.Needs, CardNeeds.None) ? null : Misfit(wanted.Needs, card.Facts);
    }

    /// <summary>Null: the facts meet the needs. What is unknown doesn't.</summary>
    public static Reason? Misfit(CardNeeds needs, CardFacts facts) => OfHardware(needs, facts) ?? OfDriver(needs, facts);

    /// <summary>Leaves the driver aside, which can be updated.</summary>
    public static Reason? OfHardware(CardNeeds needs, CardFacts facts)
    {
        if (needs.MinCapability is { } least && !(facts.ComputeCapability >= least)) return Reason.CardComputeCapability;
        if (needs.MaxCapability is { } most && !(facts.ComputeCapability <= most)) return Reason.CardComputeCapability;
        if (needs.Ecc && facts.Ecc != true) return Reason.CardNoEcc;
        return needs.Precision is { } precision && !PrecisionSupport.Has(facts, precision) ? Reason.CardPrecision : null;
    }

    private static Reason? OfDriver(CardNeeds needs, CardFacts facts) =>
        IsRecent(facts.Driver, needs.MinDriver) && IsRecent(facts.Cuda, needs.MinCuda) ? null : Reason.CardDriver;

    private static bool IsRecent(string version, DottedVersion? least) =>
        least is not { } wanted || (DottedVersion.TryParse(version, out var present) && present >= wanted);

    /// <summary>A part of a card is given only to those who ask for one.</summary>
    private static bool MigFits(string? wanted, string? profile) => wanted switch
    {
        null => profile is null,
        GpuAlternative.AnyMig => profile is not null,
        _ => wanted == profile,
    };
}
