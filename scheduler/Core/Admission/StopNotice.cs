using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Tells at submission whether a job may be stopped for others once it runs, and what that would cost.</summary>
public static class StopNotice
{
    /// <summary>One line; empty: it is never stopped for others.</summary>
    /// <param name="config">The rules in force.</param>
    /// <param name="spec">The job.</param>
    /// <param name="catalog">Knows the class of the models that are named.</param>
    public static string For(PoolConfig config, JobSpec spec, DeviceCatalog catalog)
    {
        var tier = config.TierOf(spec.Tier);
        if (tier is null) return "";
        var saves = spec.Draft.Checkpoint.Enabled;
        if (Why(config, tier, spec, saves, catalog) is not { } why) return "";
        var end = saves ? "it is asked to save first" : "nothing is saved without --checkpoint";
        return $"{why}: may be stopped within {spec.Grace.TotalSeconds:0.###} s; {end}";
    }

    private static string? Why(PoolConfig config, TierConfig tier, JobSpec spec, bool saves, DeviceCatalog catalog)
    {
        if (Before(config, tier, saves) is { Length: > 0 } others) return $"stands back for jobs of {others}";
        if (Borrowed(tier, spec, saves, catalog) is { Length: > 0 } classes) return $"on loan on {classes} cards";
        return tier.PreemptsByPriority is { } gap && saves ? $"stands back for jobs whose priority is higher by {gap}" : null;
    }

    /// <summary>Tiers for which the tier stands back.</summary>
    private static string Before(PoolConfig config, TierConfig tier, bool saves)
    {
        var yields = tier.Yields switch
        {
            TierYield.Always => true,
            TierYield.Checkpointed => saves,
            TierYield.Never => false,
        };
        return yields ? string.Join(" and ", config.Tiers.TakeWhile(other => other != tier).Select(other => other.Name)) : "";
    }

    /// <summary>Classes that the tier has on loan only and the job could get.</summary>
    private static string Borrowed(TierConfig tier, JobSpec spec, bool saves, DeviceCatalog catalog)
    {
        if (spec.Request.Gpu is not { } gpu) return "";
        var loans = tier.Loans.Where(loan => (saves || !loan.NeedsCheckpoint) && CouldBe(gpu, loan.Class, catalog));
        return string.Join(" and ", loans.Select(loan => $"{loan.Class}".ToLowerInvariant()));
    }

    /// <summary>A model that no catalog grades may be of any class.</summary>
    private static bool CouldBe(GpuRequest gpu, DeviceClass deviceClass, DeviceCatalog catalog) => gpu.Alternatives.Any(one =>
        one.Model is null
        || (catalog.Models.FirstOrDefault(card => card.Key == one.Model)?.Class ?? deviceClass) == deviceClass);
}
