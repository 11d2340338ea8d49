using System.Diagnostics;
using GpuScheduler.Benchmarks.Output;

namespace GpuScheduler.Benchmarks.Measures;

/// <summary>What a commit costs by itself. CPU time is the process's, so other work on the machine doesn't count.</summary>
internal static class StoreMeasure
{
    public static async Task<Table> RunAsync(Settings settings)
    {
        var table = new Table("SQLite store", "what", "changes", "changes/s", "wall µs/change", "CPU µs/change");
        await using (var bench = await StoreBench.OpenAsync(settings.Data))
        {
            foreach (var size in (int[])[1, 8, 50, 500])
            {
                var commits = settings.Scale(Math.Max(20, 2_000 / size));
                table.Add(await RowAsync($"submissions, {size} a commit", commits * size, () => bench.SubmitAsync(commits, size)));
            }

            table.Add(
                await RowAsync(
                    "jobs with attempts saved, 50 a commit", settings.Scale(5_000), () => bench.SaveAsync(settings.Scale(5_000), 50)));
            table.Add(await RowAsync("array of 10,000 in one commit", 10_000, () => bench.AddArrayAsync(10_000)));
            await bench.SubmitAsync(settings.Scale(200), 500);
            table.Add(await RowAsync($"start with {Figures.Count(bench.Live)} jobs waiting", bench.Live, bench.ReopenAsync));
        }

        return table;
    }

    private static async Task<string[]> RowAsync(string what, int changes, Func<Task> work)
    {
        var cpu = CpuSeconds();
        var start = Stopwatch.GetTimestamp();
        await work();
        var wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return
        [
            what, Figures.Count(changes), Figures.Rate(changes / wall), Figures.Microseconds(wall / changes),
            Figures.Microseconds((CpuSeconds() - cpu) / changes),
        ];
    }

    private static double CpuSeconds()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }
}
