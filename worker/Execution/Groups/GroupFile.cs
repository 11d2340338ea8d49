using System.Globalization;
using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Execution.Groups;

/// <summary>Reads and writes the small files of a control group. Groups vanish while one looks: that is no error.</summary>
internal static class GroupFile
{
    public const string Members = "cgroup.procs";
    public const string Kill = "cgroup.kill";
    public const string Enabled = "cgroup.subtree_control";
    public const string MemoryPeak = "memory.peak";
    public const string MemoryLimit = "memory.max";
    public const string MemoryEvents = "memory.events";

    /// <returns>Null where this kernel or group has no such file, or it may not be read.</returns>
    public static string? Read(string group, string file) => SmallFile.Read(Path.Combine(group, file));

    /// <returns>False when the kernel took it not: no such file, not allowed, or not now.</returns>
    public static bool TryWrite(string group, string file, string value)
    {
        try
        {
            using var target = new FileStream(Path.Combine(group, file), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
            target.Write(System.Text.Encoding.ASCII.GetBytes(value));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Process ids, one a line; 0 stands for one that can't be seen from here.</summary>
    public static IEnumerable<int> ReadMembers(string group) => (Read(group, Members) ?? "")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => int.Parse(line, CultureInfo.InvariantCulture))
        .Where(pid => pid > 0);
}
