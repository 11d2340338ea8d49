using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Identity;

/// <summary>Bounds of what a worker may say that other stores hold.</summary>
internal static class KeptCheck
{
    private const int MostStores = 1_000;
    private const int MostAttempts = 10_000;
    private const int MostCores = 100_000;
    private const long MostMemoryMib = 1L << 40;

    public static IEnumerable<Fault> Faults(IReadOnlyList<KeptStore> kept)
    {
        if (kept.Count > MostStores) yield return new Fault("kept_stores", $"{kept.Count} stores", $"up to {MostStores}");
        var attempts = kept.SelectMany(store => store.Attempts).Take(MostAttempts + 1).ToList();
        if (attempts.Count > MostAttempts) yield return new Fault("kept_stores", "too many attempts", $"up to {MostAttempts}");
        foreach (var attempt in attempts.Where(attempt => !IsPossible(attempt)).Take(1))
            yield return new Fault(
                "kept_stores.attempts", $"{attempt.CpuCores} cores, {attempt.MemoryMib} MiB, {attempt.Devices.Count} cards",
                $"0 to {MostCores} cores, 0 to {MostMemoryMib} MiB, each card once and 1 to {DeviceShare.Whole} thousandths of it");
    }

    private static bool IsPossible(DeviceShare device) =>
        device.Uuid.Length > 0 && device.MilliGpu is >= 1 and <= DeviceShare.Whole && device.MemoryMib >= 0;

    private static bool IsPossible(KeptAttempt attempt) =>
        attempt.CpuCores is >= 0 and <= MostCores && attempt.MemoryMib is >= 0 and <= MostMemoryMib
        && attempt.Devices.All(IsPossible)
        && attempt.Devices.Select(device => device.Uuid).Distinct(StringComparer.Ordinal).Count() == attempt.Devices.Count;
}
