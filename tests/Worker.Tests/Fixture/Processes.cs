using System.Diagnostics;
using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>Waiting for what processes and files do.</summary>
internal static class Processes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static bool IsAlive(int pid) => ProcessStat.Read(pid) is { IsDead: false };

    /// <summary>Waits for a file that a job writes and returns what is in it, once that ends with a line end.</summary>
    public static async Task<string> LineAsync(string path)
    {
        var text = "";
        await UntilAsync(() => File.Exists(path) && (text = File.ReadAllText(path)).EndsWith('\n'), $"a line in {path}");
        return text.TrimEnd('\n');
    }

    public static async Task UntilAsync(Func<bool> isTrue, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!isTrue())
        {
            Assert.True(watch.Elapsed < Patience, $"waited in vain for {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}
