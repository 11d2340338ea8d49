using GpuScheduler.Protos;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Terminal;

/// <summary>What a job takes over from the calling shell, beside variables.</summary>
/// <param name="Umask">Null: not known.</param>
/// <param name="Limits">Soft limits, by name; empty: not known.</param>
internal sealed record ShellState(uint? Umask, IReadOnlyList<SoftLimit> Limits)
{
    public static ShellState Unknown { get; } = new(null, []);

    /// <param name="status">As /proc/self/status has it.</param>
    /// <param name="limits">As /proc/self/limits has it.</param>
    public static ShellState Parse(string status, string limits)
    {
        const string mask = "Umask:";
        var line = status.Split('\n').FirstOrDefault(line => line.StartsWith(mask, StringComparison.Ordinal));
        return new(line is null ? null : Convert.ToUInt32(line[mask.Length..].Trim(), 8), [.. ProcessLimits.Parse(limits).Select(Limit)]);
    }

    private static SoftLimit Limit(KeyValuePair<string, (ulong? Soft, ulong? Hard)> limit)
    {
        var wire = new SoftLimit { Name = limit.Key };
        if (limit.Value.Soft is { } soft)
            wire.Value = soft;
        return wire;
    }
}
