using GpuScheduler.Core.Config;

namespace GpuScheduler.Core.Admission;

/// <summary>Says of a tier's name that the pool has none such.</summary>
internal static class TierNames
{
    /// <summary>Null: there is no tier of that name, whatever its case.</summary>
    public static TierConfig? Find(PoolConfig config, string named) =>
        config.Tiers.FirstOrDefault(tier => tier.Name.Equals(named.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>What is allowed instead.</summary>
    public static string Allowed(PoolConfig config, string named)
    {
        var names = config.Tiers.Select(tier => tier.Name);
        var nearest = Nearest.To(named.Trim(), names, 1);
        var hint = nearest.Count > 0 ? $"did you mean '{nearest[0]}'? " : "";
        return $"unknown tier; {hint}tiers of this pool: {string.Join(", ", names)}";
    }
}
