using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Tells by its request that a job is long work: to stop it would cost much, so it doesn't belong onto borrowed cards.</summary>
internal static class LongWork
{
    /// <summary>A limit from here on is a long one.</summary>
    public const int Hours = 4;

    /// <summary>GiB of a card: no short test needs as much.</summary>
    private const int BigCard = 40;

    /// <summary>The first sign, in words; null: there is none. Where several cards would do, all of them must be big.</summary>
    public static string? Sign(JobDraft draft, GpuRequest gpu, DeviceCatalog catalog)
    {
        if (draft.Checkpoint.Enabled) return "saves its work (--checkpoint)";
        if (gpu.Alternatives.All(one => one.Count > 1) || draft.NodeCount > 1) return "asks for several cards";
        if (gpu.Alternatives.All(one => IsDatacenter(one, catalog))) return "asks for a datacenter card";
        if (gpu.Alternatives.All(one => IsBig(one) || IsDatacenter(one, catalog))) return $"asks for a card of {BigCard} GB or more";
        return IsLong(draft.TimeLimit) ? $"has a time limit of {Hours} h or more" : null;
    }

    private static bool IsDatacenter(GpuAlternative one, DeviceCatalog catalog) => one.Model is not null
        && catalog.Models.FirstOrDefault(card => card.Key == one.Model)?.Class == DeviceClass.Datacenter;

    /// <summary>As a size on the box is read: a card that reports a little less counts.</summary>
    private static bool IsBig(GpuAlternative one) => one.MinMemoryMib >= GpuMemory.LeastOf(BigCard);

    /// <summary>One that can't be read is told elsewhere.</summary>
    private static bool IsLong(string limit) => limit.Trim().Length > 0
        && TimeLimits.TryParse(limit, "time", out var time, out _) && !(time < TimeSpan.FromHours(Hours));
}
