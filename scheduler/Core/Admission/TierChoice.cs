using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Finds a job's tier: the one it names, or the one that its request points to. Never silently.</summary>
/// <param name="Tier">The tier; null when there is a fault.</param>
/// <param name="DerivedFrom">What the tier was derived from; null when the user named it.</param>
internal readonly record struct TierChoice(TierConfig? Tier, string? DerivedFrom)
{
    /// <summary>The tier for a request.</summary>
    /// <param name="config">The pool.</param>
    /// <param name="draft">The user's words; without a tier's name it is derived.</param>
    /// <param name="gpu">Null: no GPU.</param>
    /// <param name="catalog">Knows the class of the models that are named.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static TierChoice Of(PoolConfig config, JobDraft draft, GpuRequest? gpu, DeviceCatalog catalog, FaultList faults) =>
        draft.Tier.Trim().Length > 0 ? Named(config, draft.Tier, faults) : Derived(config, draft, gpu, catalog, faults);

    /// <summary>Refuses a request that the tier can't serve on any machine.</summary>
    public void Check(string gpus, GpuRequest? gpu, FaultList faults)
    {
        if (Tier is null) return;
        if (gpu is null && !Tier.Classes.Contains(DeviceClass.Cpu))
            faults.Add("gpus", gpus, $"tier '{Tier.Name}' needs at least one GPU, such as --gpus 1");
        if (gpu is not null && !TakesGpus(Tier))
            faults.Add("gpus", gpus, $"tier '{Tier.Name}' gives no GPUs: leave them out or name another tier");
    }

    private static TierChoice Named(PoolConfig config, string named, FaultList faults)
    {
        if (TierNames.Find(config, named) is { } tier) return new(tier, null);
        faults.Add("tier", named, TierNames.Allowed(config, named));
        return default;
    }

    /// <summary>Without a GPU the first tier that runs on CPUs. With one the tier called training for work that would be lost by being
    /// stopped, the tier called validation for all other; where there is none of that name, the first that gives GPUs, which stops for
    /// no other tier's jobs.</summary>
    private static TierChoice Derived(PoolConfig config, JobDraft draft, GpuRequest? gpu, DeviceCatalog catalog, FaultList faults)
    {
        var (name, why) = gpu is null ? ("", "asks for no GPU") : Wanted(draft, gpu, catalog);
        var tier = gpu is null
            ? config.Tiers.FirstOrDefault(tier => tier.Classes.Contains(DeviceClass.Cpu))
            : config.Tiers.FirstOrDefault(tier => tier.Name == name && TakesGpus(tier)) ?? config.Tiers.FirstOrDefault(TakesGpus);
        if (tier is not null) return new(tier, $"{why} and names no tier");
        faults.Add(
            "tier", "",
            $"no tier of this pool takes jobs that ask for {(gpu is null ? "no GPU" : "a GPU")}; tiers: "
                + $"{string.Join(", ", config.Tiers.Select(tier => tier.Name))}");
        return default;
    }

    private static (string Tier, string Why) Wanted(JobDraft draft, GpuRequest gpu, DeviceCatalog catalog) =>
        LongWork.Sign(draft, gpu, catalog) is { } sign
            ? ("training", sign)
            : ("validation", $"{LongWork.SmallAs(draft, gpu, catalog)}, has no --checkpoint, no limit of {LongWork.Hours} h or more,");

    private static bool TakesGpus(TierConfig tier) =>
        tier.Classes.Any(deviceClass => deviceClass != DeviceClass.Cpu) || tier.Spill.Any(spill => spill.Class != DeviceClass.Cpu)
            || tier.Loans.Count > 0;
}
