using System.Globalization;

namespace GpuScheduler.Worker.Inventory;

/// <summary>
/// What this machine has, where no inventory is declared: processor cores and memory, both as far as the worker's cgroup lets
/// it use them. The root is "/" but for tests.
/// </summary>
internal sealed class DetectedInventory(string root = "/")
{
    private const long KibPerMib = 1024;
    private const long BytesPerMib = 1 << 20;

    public NodeInventory Read() => new(null, new() { CpuCores = Cores(), MemoryMib = MemoryMib() });

    /// <summary>The processor count already heeds the affinity mask. A quota of 2.5 cores is 2 that a job can count on.</summary>
    private int Cores()
    {
        var quota = FirstLine("sys/fs/cgroup/cpu.max")?.Split(' ');
        return quota is [var limit, var period] && Parse(limit) is { } microseconds && Parse(period) is > 0 and { } each
            ? (int)Math.Clamp(microseconds / each, 1, Environment.ProcessorCount)
            : Environment.ProcessorCount;
    }

    private long MemoryMib()
    {
        const string total = "MemTotal:";
        var line = File.ReadLines(Path.Combine(root, "proc/meminfo")).First(text => text.StartsWith(total, StringComparison.Ordinal));
        var machine = Parse(line[total.Length..].Replace("kB", "", StringComparison.Ordinal).Trim()) / KibPerMib ?? 0;
        var limits = from file in new[] { "sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory/memory.limit_in_bytes" }
                     let text = FirstLine(file)
                     let bytes = text is null ? null : Parse(text)
                     where bytes is not null
                     select bytes.Value / BytesPerMib;
        return limits.Append(machine).Min();
    }

    private string? FirstLine(string file)
    {
        var path = Path.Combine(root, file);
        return File.Exists(path) ? File.ReadLines(path).FirstOrDefault() : null;
    }

    private static long? Parse(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
