using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Rules;

namespace GpuScheduler.Core.Identity;

/// <summary>Bounds of what a worker may say that other stores hold.</summary>
internal static class KeptCheck
{
    private const int LongestId = 64;
    private const int MostStores = 1_000;
    private const int MostAttempts = 10_000;
    private const int MostCores = 100_000;
    private const long MostMemoryMib = 1L << 40;

    public static IEnumerable<Fault> Faults(IReadOnlyList<KeptStore> kept)
    {
        if (kept.Count > MostStores) yield return new Fault("kept_stores", $"{kept.Count} stores", $"up to {MostStores}");
        foreach (var store in kept.Where(store => store.Id.Length > LongestId || !TextRule.IsPlain(store.Id)).Take(1))
            yield return new Fault("kept_stores.name.id", store.Id, $"up to {LongestId} characters, without blanks");
        var attempts = kept.SelectMany(store => store.Attempts).Take(MostAttempts + 1).ToList();
        if (attempts.Count > MostAttempts) yield return new Fault("kept_stores", "too many attempts", $"up to {MostAttempts}");
        foreach (var attempt in attempts.Where(attempt => attempt.Job.Length > LongestId || !TextRule.IsPlain(attempt.Job)).Take(1))
            yield return new Fault("kept_stores.attempts.job_id", attempt.Job, "a job's id");
        foreach (var attempt in attempts.Where(attempt => !IsPossible(attempt)).Take(1))
            yield return new Fault(
                "kept_stores.attempts", $"{attempt.CpuCores} cores, {attempt.MemoryMib} MiB, {attempt.Devices.Count} cards",
                $"0 to {MostCores} cores, 0 to {MostMemoryMib} MiB, at most {Limits.NodeDevices} cards, each "
                    + $"once, and 1 to {DeviceShare.Whole} thousandths of it");
    }

    private static bool IsPossible(DeviceShare device) =>
        device.Uuid.Length is > 0 and <= Limits.UuidLength && device.MilliGpu is >= 1 and <= DeviceShare.Whole && device.MemoryMib >= 0;

    private static bool IsPossible(KeptAttempt attempt) =>
        attempt.CpuCores is >= 0 and <= MostCores && attempt.MemoryMib is >= 0 and <= MostMemoryMib
        && attempt.Devices.Count <= Limits.NodeDevices && attempt.Devices.All(IsPossible)
        && attempt.Devices.Select(device => device.Uuid).Distinct(StringComparer.Ordinal).Count() == attempt.Devices.Count;
}
