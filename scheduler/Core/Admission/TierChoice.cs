using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Finds a job's tier: the one it names, or the one that its request points to. Never silently.</summary>
/// <param name="Tier">The tier; null when there is a fault.</param>
/// <param name="DerivedFrom">What the tier was derived from; null when the user named it.</param>
internal readonly record struct TierChoice(TierConfig? Tier, string? DerivedFrom)
{
    /// <summary>The tier for a request.</summary>
    /// <param name="config">The pool.</param>
    /// <param name="named">As the user wrote it; empty: derive it.</param>
    /// <param name="gpu">Null: no GPU.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static TierChoice Of(PoolConfig config, string named, GpuRequest? gpu, FaultList faults) =>
        named.Trim().Length > 0 ? Named(config, named, faults) : Derived(config, gpu, faults);

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
        var tier = config.Tiers.FirstOrDefault(tier => tier.Name.Equals(named.Trim(), StringComparison.OrdinalIgnoreCase));
        if (tier is not null) return new(tier, null);
        var names = config.Tiers.Select(tier => tier.Name);
        var nearest = Nearest.To(named.Trim(), names, 1);
        var hint = nearest.Count > 0 ? $"did you mean '{nearest[0]}'? " : "";
        faults.Add("tier", named, $"unknown tier; {hint}tiers of this pool: {string.Join(", ", names)}");
        return default;
    }

    /// <summary>Without a GPU the first tier that runs on CPUs; with one the tier called validation, since short work harms
    /// least when the guess is wrong, else the first that gives GPUs.</summary>
    private static TierChoice Derived(PoolConfig config, GpuRequest? gpu, FaultList faults)
    {
        var tier = gpu is null
            ? config.Tiers.FirstOrDefault(tier => tier.Classes.Contains(DeviceClass.Cpu))
            : config.Tiers.FirstOrDefault(tier => tier.Name == "validation" && TakesGpus(tier)) ?? config.Tiers.FirstOrDefault(TakesGpus);
        var what = gpu is null ? "no GPU" : "a GPU";
        if (tier is not null) return new(tier, $"asks for {what} and names no tier");
        faults.Add(
            "tier", "",
            $"no tier of this pool takes jobs that ask for {what}; tiers: {string.Join(", ", config.Tiers.Select(tier => tier.Name))}");
        return default;
    }

    private static bool TakesGpus(TierConfig tier) =>
        tier.Classes.Any(deviceClass => deviceClass != DeviceClass.Cpu) || tier.Spill.Any(spill => spill.Class != DeviceClass.Cpu)
            || tier.Loans.Count > 0;
}
