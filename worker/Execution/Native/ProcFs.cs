using System.Globalization;

namespace GpuScheduler.Worker.Execution.Native;

/// <summary>What /proc tells about the machine and its processes. Processes vanish while one reads: that is no error.</summary>
internal static class ProcFs
{
    private const double TicksPerSecond = 100;

    public static string BootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>How long ago a process started, by the machine's own uptime: a changed wall clock doesn't matter.</summary>
    public static TimeSpan Age(ProcessStat stat)
    {
        var age = Uptime() - TimeSpan.FromSeconds(stat.StartTicks / TicksPerSecond);
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }

    public static TimeSpan Uptime() =>
        TimeSpan.FromSeconds(double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture));

    public static IEnumerable<ProcessStat> Processes()
    {
        foreach (var path in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(path.AsSpan()), CultureInfo.InvariantCulture, out var pid)
                && ProcessStat.Read(pid) is { IsDead: false } stat)
                yield return stat;
        }
    }

    /// <returns>The entry NAME=VALUE that a process was started with; null without one, or where it may not be read.</returns>
    public static string? EnvironmentEntry(int pid, string name) =>
        SmallFile.Read($"/proc/{pid}/environ")?.Split('\0').FirstOrDefault(entry => entry.StartsWith(name + "=", StringComparison.Ordinal));

    /// <summary>Children of this process's first thread: those are the orphans that it inherited, and some that it started.</summary>
    /// <returns>Null where the kernel was built without that list.</returns>
    public static IReadOnlyList<int>? InheritedChildren()
    {
        var pid = Environment.ProcessId;
        var list = SmallFile.Read($"/proc/{pid}/task/{pid}/children");
        return list is null ? null : [.. list.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
    }

    /// <summary>How many processes the kernel has killed for want of memory since boot; 0 where it doesn't count them.</summary>
    public static long OutOfMemoryKills()
    {
        const string counter = "oom_kill ";
        var line = SmallFile.Read("/proc/vmstat")?.Split('\n').FirstOrDefault(text => text.StartsWith(counter, StringComparison.Ordinal));
        return line is not null && long.TryParse(line.AsSpan(counter.Length), CultureInfo.InvariantCulture, out var kills) ? kills : 0;
    }
}
