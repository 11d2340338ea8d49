using GpuScheduler.Core.Model;

namespace GpuScheduler.Storage.Documents;

/// <summary>A <see cref="GpuAlternative"/> as stored.</summary>
internal sealed record AlternativeDocument
{
    public string? Model { get; init; }

    public int Count { get; init; }

    public long MinMemoryMib { get; init; }

    public long? MaxMemoryMib { get; init; }

    /// <summary>Null: any card does.</summary>
    public NeedsDocument? Needs { get; init; }

    public string? Mig { get; init; }

    public decimal? Weight { get; init; }

    public static AlternativeDocument From(GpuAlternative alternative) => new()
    {
        Model = alternative.Model,
        Count = alternative.Count,
        MinMemoryMib = alternative.MinMemoryMib,
        MaxMemoryMib = alternative.MaxMemoryMib,
        Needs = alternative.Needs == CardNeeds.None ? null : NeedsDocument.From(alternative.Needs),
        Mig = alternative.Mig,
        Weight = alternative.Weight,
    };

    public GpuAlternative ToAlternative() => new(Model, Count, MinMemoryMib, MaxMemoryMib)
    {
        Needs = Needs?.ToNeeds() ?? CardNeeds.None,
        Mig = Mig,
        Weight = Weight,
    };
}

/// <summary>A <see cref="CardNeeds"/> as stored.</summary>
internal sealed record NeedsDocument
{
    public int? MinCapability { get; init; }

    public int? MaxCapability { get; init; }

    public bool Ecc { get; init; }

    public Precision? Precision { get; init; }

    /// <summary>Numbers of the version.</summary>
    public IReadOnlyList<int>? MinDriver { get; init; }

    /// <summary>Numbers of the version.</summary>
    public IReadOnlyList<int>? MinCuda { get; init; }

    public static NeedsDocument From(CardNeeds needs) => new()
    {
        MinCapability = needs.MinCapability,
        MaxCapability = needs.MaxCapability,
        Ecc = needs.Ecc,
        Precision = needs.Precision,
        MinDriver = Numbers(needs.MinDriver),
        MinCuda = Numbers(needs.MinCuda),
    };

    public CardNeeds ToNeeds() => new()
    {
        MinCapability = MinCapability,
        MaxCapability = MaxCapability,
        Ecc = Ecc,
        Precision = Precision,
        MinDriver = Version(MinDriver),
        MinCuda = Version(MinCuda),
    };

    private static IReadOnlyList<int>? Numbers(DottedVersion? version) => version is { } one ? [one.Major, one.Minor, one.Patch] : null;

    private static DottedVersion? Version(IReadOnlyList<int>? numbers) =>
        numbers is [var major, var minor, var patch] ? new DottedVersion(major, minor, patch) : null;
}
