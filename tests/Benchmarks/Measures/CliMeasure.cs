using System.Diagnostics;
using GpuScheduler.Benchmarks.Output;
using GpuScheduler.Benchmarks.Pool;

namespace GpuScheduler.Benchmarks.Measures;

/// <summary>The command line as shells and scripts use it: a process for every call, started when the one before has ended.</summary>
internal static class CliMeasure
{
    private static readonly string[] Submit = ["submit", "--hold", "--tier", "preprocessing", "--", "true"];

    public static async Task<Table> RunAsync(Settings settings)
    {
        var table = new Table("The command line, a process a call", "verb", "clients", "calls", "calls/s", "p50 ms", "p99 ms");
        await using var pool = await BenchPool.StartAsync(settings);
        await RunAsync(settings, pool, Submit, clients: 2, calls: 200);
        table.Add(await RowAsync(settings, pool, ["version"], clients: 1, calls: 200));
        table.Add(await RowAsync(settings, pool, Submit, clients: 1, calls: 400));
        table.Add(await RowAsync(settings, pool, Submit, clients: 4, calls: 1500));
        table.Add(await RowAsync(settings, pool, Submit, clients: 8, calls: 1500));
        table.Add(await RowAsync(settings, pool, ["queue", "--output", "json"], clients: 1, calls: 20));
        return table;
    }

    private static async Task<string[]> RowAsync(Settings settings, BenchPool pool, string[] words, int clients, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        var each = await RunAsync(settings, pool, words, clients, calls);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return
        [
            words[0], Figures.Count(clients), Figures.Count(each.Count), Figures.Rate(each.Count / seconds),
            Figures.Milliseconds(Figures.Percentile(each, 0.5)), Figures.Milliseconds(Figures.Percentile(each, 0.99)),
        ];
    }

    private static Task<List<double>> RunAsync(Settings settings, BenchPool pool, string[] words, int clients, int calls)
    {
        Task Call() => CallAsync(Path.Combine(settings.App, "gpusched"), [.. words], pool.Address);
        return ClosedLoop.RunAsync([.. Enumerable.Repeat(Call, clients)], settings.Scale(calls));
    }

    private static async Task CallAsync(string program, IEnumerable<string> words, string address)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GPUSCHED_SERVER"] = address;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Task.WhenAll(output, errors, process.WaitForExitAsync());
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"gpusched {string.Join(' ', words)}: exit code {process.ExitCode}: {await errors}");
    }
}
