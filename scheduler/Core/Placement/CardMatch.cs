using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>Whether a kind of card is one of those asked for, held or not.</summary>
internal static class CardMatch
{
    public static bool Fits(GpuAlternative wanted, CardKind kind) => CardFit.Misfit(wanted, kind.Traits) is null;

    /// <summary>The array is not tied to another kind.</summary>
    public static bool FitsPin(CardPin? pin, CardKind kind) =>
        pin is null || (pin.Model == kind.Model && pin.MemoryMib == kind.MemoryMib && pin.Mig == kind.Traits.Mig);
}
