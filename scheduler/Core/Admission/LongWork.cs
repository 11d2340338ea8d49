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

    /// <summary>The first sign, in words; null: there is none. Where alternatives are given, each of them must be big in one way or
    /// another: else a small card would do.</summary>
    public static string? Sign(JobDraft draft, GpuRequest gpu, DeviceCatalog catalog)
    {
        if (draft.Checkpoint.Enabled) return "saves its work (--checkpoint)";
        var big = gpu.Alternatives.Select(one => BigAs(one, draft, catalog)).ToList();
        if (!big.Contains(null)) return $"asks for {string.Join(" or ", big.Distinct())}";
        return IsLong(draft.TimeLimit) ? $"has a time limit of {Hours} h or more" : null;
    }

    /// <summary>Of a request that shows no sign: what makes it small, in words.</summary>
    public static string SmallAs(JobDraft draft, GpuRequest gpu, DeviceCatalog catalog) =>
        gpu.Alternatives.Any(one => BigAs(one, draft, catalog) is not null) ? "would do with one smaller card, too" : "asks for one card";

    private static string? BigAs(GpuAlternative one, JobDraft draft, DeviceCatalog catalog)
    {
        if (one.Count > 1 || draft.NodeCount > 1) return "several cards";
        if (IsDatacenter(one, catalog)) return "a datacenter card";
        return IsBig(one) ? $"a card of {BigCard} GB or more" : null;
    }

    private static bool IsDatacenter(GpuAlternative one, DeviceCatalog catalog) => one.Model is not null
        && catalog.Models.FirstOrDefault(card => card.Key == one.Model)?.Class == DeviceClass.Datacenter;

    /// <summary>As a size on the box is read: a card that reports a little less counts.</summary>
    private static bool IsBig(GpuAlternative one) => one.MinMemoryMib >= GpuMemory.LeastOf(BigCard);

    /// <summary>One that can't be read is told elsewhere.</summary>
    private static bool IsLong(string limit) => limit.Trim().Length > 0
        && TimeLimits.TryParse(limit, "time", out var time, out _) && !(time < TimeSpan.FromHours(Hours));
}
