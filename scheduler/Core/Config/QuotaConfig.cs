using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Config;

/// <summary>What users and projects may have at once. A rule named <c>*</c> holds for each who has none of their own.</summary>
public sealed record QuotaConfig
{
    /// <summary>Jobs of any one user that have not ended, array elements counted one by one; 1 or more.</summary>
    public int JobsPerUser { get; init; } = 1_000_000;

    /// <summary>MiB of scripts, arguments and variables in any one user's jobs that have not ended; 1 or more.</summary>
    public long MibPerUser { get; init; } = 1024;

    /// <summary>Each user, whatever the project.</summary>
    public IReadOnlyList<QuotaRule> Users { get; init; } = [];

    /// <summary>Each project, all its users together.</summary>
    public IReadOnlyList<QuotaRule> Projects { get; init; } = [];
}

/// <summary>Limits for one user or project.</summary>
/// <param name="Name">Who; <c>*</c>: everybody without a rule of their own.</param>
/// <param name="Limits">How much.</param>
public sealed record QuotaRule(string Name, QuotaLimits Limits);

/// <summary>How much somebody, or a tier, may have at once.</summary>
public sealed record QuotaLimits
{
    /// <summary>No limit of any kind.</summary>
    public static QuotaLimits None { get; } = new();

    /// <summary>Jobs that hold devices; null: any number.</summary>
    public int? Running { get; init; }

    /// <summary>Jobs that have not ended, waiting or running, array elements counted one by one; null: any number.</summary>
    public int? Submitted { get; init; }

    /// <summary>Cards held, in all, of a class, or of a model.</summary>
    public IReadOnlyList<GpuCap> Gpus { get; init; } = [];

    /// <summary>True when nothing is limited.</summary>
    public bool IsNone => Running is null && Submitted is null && Gpus.Count == 0;
}

/// <summary>Most cards held at once.</summary>
/// <param name="Class">Of this class; null with a null <paramref name="Model"/>: of any.</param>
/// <param name="Model">Of this model (catalog key, <c>A100</c>).</param>
/// <param name="Milli">Thousandths of a card, 0 or more.</param>
public sealed record GpuCap(DeviceClass? Class, string? Model, int Milli)
{
    /// <summary>As <c>pool.yaml</c> names it: <c>any</c>, <c>datacenter</c>, <c>A100</c>.</summary>
    public string Name => Model ?? Class?.ToString().ToLowerInvariant() ?? "any";

    /// <summary>True when a card of this class and model counts.</summary>
    public bool Covers(DeviceClass deviceClass, string model) =>
        Model is not null ? Model.Equals(model, StringComparison.OrdinalIgnoreCase) : Class is null || Class == deviceClass;
}
