using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>Whether a kind of card is one of those asked for, whoever has it now.</summary>
internal static class CardMatch
{
    public static bool Fits(GpuAlternative wanted, CardKind kind) => ModelFits(wanted, kind) && MemoryFits(wanted, kind);

    public static bool ModelFits(GpuAlternative wanted, CardKind kind) => wanted.Model is null || wanted.Model == kind.Key;

    public static bool MemoryFits(GpuAlternative wanted, CardKind kind) =>
        kind.MemoryMib >= wanted.MinMemoryMib && kind.MemoryMib <= (wanted.MaxMemoryMib ?? long.MaxValue);
}
