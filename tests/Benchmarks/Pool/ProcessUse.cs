using System.Diagnostics;
using System.Globalization;

namespace GpuScheduler.Benchmarks.Pool;

/// <summary>What a process has used so far.</summary>
/// <param name="CpuSeconds">Of all its threads.</param>
/// <param name="Switches">How often a thread of those that still live gave up its core, or had to.</param>
internal readonly record struct ProcessUse(double CpuSeconds, long Switches)
{
    public static ProcessUse operator -(ProcessUse now, ProcessUse then) =>
        new(now.CpuSeconds - then.CpuSeconds, now.Switches - then.Switches);

    public static ProcessUse Of(Process process)
    {
        process.Refresh();
        return new ProcessUse(
            process.TotalProcessorTime.TotalSeconds, Directory.GetDirectories($"/proc/{process.Id}/task").Sum(SwitchesOf));
    }

    private static long SwitchesOf(string thread)
    {
        try
        {
            return File.ReadLines(Path.Combine(thread, "status"))
                .Where(line => line.Contains("ctxt_switches", StringComparison.Ordinal))
                .Sum(line => long.Parse(line.Split(':')[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // The thread has ended meanwhile.
            return 0;
        }
    }
}
