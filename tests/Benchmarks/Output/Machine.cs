using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace GpuScheduler.Benchmarks.Output;

/// <summary>What the figures were taken on: without it they mean nothing.</summary>
internal static class Machine
{
    private const int Probes = 100;

    public static string Describe(string data) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, "
            + $"{RuntimeInformation.FrameworkDescription}; " +
        $"fsync of 4 KiB: {Figures.Milliseconds(FsyncSeconds(data))} ms (median of {Probes})\n{Load()}");

    /// <summary>Above the number of cores, the machine had other work and the figures are too low.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? $"load: {File.ReadAllText("/proc/loadavg").Trim()}" : "load: unknown";

    private static string Processor() => !File.Exists("/proc/cpuinfo")
        ? RuntimeInformation.ProcessArchitecture.ToString()
        : File.ReadLines("/proc/cpuinfo")
        .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor";

    private static double FsyncSeconds(string folder)
    {
        var path = Path.Combine(folder, Path.GetRandomFileName());
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.DeleteOnClose);
        var block = new byte[4_096];
        var seconds = new List<double>();
        for (var probe = 0; probe < Probes; probe++)
        {
            file.Write(block);
            var start = Stopwatch.GetTimestamp();
            file.Flush(flushToDisk: true);
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return Figures.Percentile(seconds, 0.5);
    }
}
