using System.Globalization;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>Amounts and conditions as people read them.</summary>
internal static class Words
{
    private const int MostNamed = 8;

    /// <summary>Such as <c>2 × A100 or 1 × H100</c>.</summary>
    public static string Cards(ResourceRequest request) => request.Gpu is null
        ? Cores(request.CpuCores)
        : (request.Gpu.Share is { } share ? $"{Share(share)} of " : "")
            + string.Join(" or ", request.Gpu.Alternatives.Select(wanted => Card(BesidesShare(wanted, request.Gpu.Share))))
            + (request.NvLink ? " linked by NVLink" : "");

    /// <summary>Such as <c>250m with 6 GiB</c>.</summary>
    public static string Share(CardShare share) =>
        share.MemoryMib > 0 ? $"{share.Milli}m with {Memory(share.MemoryMib)}" : $"{share.Milli}m";

    /// <summary>Names, the head first.</summary>
    public static string Nodes(Allocation allocation) => allocation.NodeNames();

    public static string Cores(int cores) => cores == 1 ? "1 core" : $"{cores} cores";

    /// <summary>Whole GiB where it is whole, else MiB.</summary>
    public static string Memory(long mib) => mib % 1024 == 0 ? $"{mib / 1024} GiB" : $"{mib} MiB";

    public static string Class(DeviceClass deviceClass) => deviceClass.ToString().ToLowerInvariant();

    /// <summary>Nodes by name, the first few of many.</summary>
    public static string List(IReadOnlyList<NodeId> nodes) =>
        string.Join(", ", nodes.Take(MostNamed)) + (nodes.Count > MostNamed ? $" and {nodes.Count - MostNamed} more" : "");

    /// <summary>Such as <c>30 min</c>, <c>1 h 30 min</c>, <c>45 s</c>.</summary>
    public static string Span(TimeSpan span)
    {
        var parts = new[] { ((int)span.TotalHours, "h"), (span.Minutes, "min"), (span.Seconds, "s") }
            .Where(part => part.Item1 > 0).Select(part => $"{part.Item1} {part.Item2}");
        return string.Join(" ", parts) is { Length: > 0 } text ? text : span > TimeSpan.Zero ? "less than 1 s" : "0 s";
    }

    /// <summary>UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Why a node, or its cards, take no work.</summary>
    public static string WhyClosed(NodeSlot slot, PoolConfig config, DateTimeOffset now)
    {
        var node = slot.Node;
        if (node.Cordon is { } cordon) return $"is drained{(cordon.Why.Length > 0 ? $": {cordon.Why}" : "")}";
        if (node.RestsUntil is { } rested) return $"rests until {Time(rested)}, as a launch failed there";
        if (node.Session is null) return $"is silent (its lease is {Span(config.Leases.Lease)})";
        if (node.IsStopping) return "takes no new work, as its worker is stopping";
        if (slot.Strangers.Count > 0) return "has still to stop an attempt from before";
        return slot.Hours is { IsOpen: false } hours ? HoursWords.WhyClosed(hours, now) : "its cards are drained or missing";
    }

    /// <summary>A card must have the memory of the part: that is said already.</summary>
    private static GpuAlternative BesidesShare(GpuAlternative wanted, CardShare? share) =>
        share is not null && wanted.MinMemoryMib == share.MemoryMib ? wanted with { MinMemoryMib = 0 } : wanted;

    private static string Card(GpuAlternative wanted)
    {
        var memory = (wanted.MinMemoryMib, wanted.MaxMemoryMib) switch
        {
            (0, null) => "",
            (_, null) => $" with {Memory(wanted.MinMemoryMib)} or more",
            (0, { } most) => $" with at most {Memory(most)}",
            (_, { } most) => $" with {Memory(wanted.MinMemoryMib)} to {Memory(most)}",
        };
        var slice = wanted.Mig switch { null => "", GpuAlternative.AnyMig => " part", var profile => $" part {profile}" };
        return $"{wanted.Count} × "
            + $"{wanted.Model ?? "GPU"}{slice}{memory}{GpuCondition.Format(wanted.Needs).Replace(":", " ", StringComparison.Ordinal)}";
    }
}
