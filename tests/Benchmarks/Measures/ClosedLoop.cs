using System.Diagnostics;

namespace GpuScheduler.Benchmarks.Measures;

/// <summary>Callers who each wait for an answer before they ask again.</summary>
internal static class ClosedLoop
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>For a number of calls, but no longer than half a minute; returns each call's seconds. Warm-ups are counted in calls too:
    /// what both ends compile takes calls rather than seconds, and on a slow machine would take half of what is measured after
    /// them.</summary>
    public static Task<List<double>> RunAsync(IReadOnlyList<Func<Task>> calls, int count)
    {
        var left = count;
        return RunAsync(calls, elapsed => elapsed < Longest && Interlocked.Decrement(ref left) >= 0);
    }

    /// <summary>For a time; returns each call's seconds.</summary>
    public static Task<List<double>> RunAsync(IReadOnlyList<Func<Task>> calls, TimeSpan time) => RunAsync(calls, elapsed => elapsed < time);

    private static async Task<List<double>> RunAsync(IReadOnlyList<Func<Task>> calls, Func<TimeSpan, bool> goesOn)
    {
        var start = Stopwatch.GetTimestamp();
        return
        [
            .. (await Task.WhenAll(calls.Select(call => Task.Run(() => CallAsync(call, start, goesOn))))).SelectMany(
                latencies => latencies),
        ];
    }

    private static async Task<List<double>> CallAsync(Func<Task> call, long start, Func<TimeSpan, bool> goesOn)
    {
        var latencies = new List<double>();
        while (goesOn(Stopwatch.GetElapsedTime(start)))
        {
            var called = Stopwatch.GetTimestamp();
            await call();
            latencies.Add(Stopwatch.GetElapsedTime(called).TotalSeconds);
        }

        return latencies;
    }
}
