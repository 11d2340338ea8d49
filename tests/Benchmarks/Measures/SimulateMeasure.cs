using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GpuScheduler.Benchmarks.Output;
using GpuScheduler.Benchmarks.Pool;

namespace GpuScheduler.Benchmarks.Measures;

/// <summary>
/// How long a replay of many jobs takes: 1024 cards in 128 machines, 200 users, jobs of 1 to 8 cards that ask for 95 % of them.
/// </summary>
internal static class SimulateMeasure
{
    private const int Machines = 128;
    private const int Cards = 8 * Machines;
    private const int Users = 200;
    private const double Load = 0.95;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private static readonly (int Cards, int Percent)[] s_sizes = [(1, 80), (2, 10), (4, 6), (8, 4)];
    private static readonly double s_meanCards = s_sizes.Sum(size => size.Cards * size.Percent / 100.0);

    public static async Task<Table> RunAsync(Settings settings)
    {
        var table = new Table(
            "Replays through the live engine (gpusched simulate)", "jobs", "seconds", "jobs/s", "CPU µs/job", "peak MiB", "completed");
        foreach (var jobs in (int[])[settings.Scale(10_000), settings.Scale(100_000), settings.Scale(1_000_000)])
            table.Add(await RowAsync(settings, jobs));
        return table;
    }

    private static async Task<string[]> RowAsync(Settings settings, int count)
    {
        var folder = Directory.CreateTempSubdirectory("gpusched-bench-");
        try
        {
            var (nodes, jobs) = (Path.Combine(folder.FullName, "nodes.yaml"), Path.Combine(folder.FullName, "jobs.csv"));
            await File.WriteAllTextAsync(nodes, NodesText);
            await File.WriteAllLinesAsync(jobs, JobLines(count));
            await using var replay = ServerProcess.Start(
                Path.Combine(settings.App, "gpusched-simulator"), "--nodes", nodes, "--jobs", jobs, "--output", "json");
            var watch = Stopwatch.StartNew();
            var reading = replay.Output.ReadToEndAsync();
            var (cpu, peak) = (0.0, 0.0);
            while (await Task.WhenAny(reading, Task.Delay(BetweenLooks, TimeProvider.System)) != reading)
                (cpu, peak) = (replay.CpuSeconds(), replay.PeakMib());

            var seconds = watch.Elapsed.TotalSeconds;
            var completed = JsonDocument.Parse(await reading).RootElement.GetProperty("completed").GetInt32();
            return
            [
                Figures.Count(count), Figures.Seconds(seconds), Figures.Rate(count / seconds), Figures.Count((int)(1e6 * cpu / count)),
                Figures.Count((int)peak), Figures.Count(completed),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string NodesText => $$"""
        node: node
        copies: {{Machines}}
        cpu: { cores: 64, memory: 1024GiB, reservedCores: 8 }
        devices:
          - { model: "NVIDIA A100-SXM4-80GB", memory: 80GiB, count: 8 }
        """;

    /// <summary>The same jobs each time: exponential gaps, exponential run times of 1400 s on average.</summary>
    private static IEnumerable<string> JobLines(int count)
    {
        const double Mean = 1400;
        yield return "submit_s,duration_s,tier,gpus,user";
        var random = new Random(1);
        var submit = 0.0;
        for (var job = 0; job < count; job++)
        {
            submit += -Math.Log(1 - random.NextDouble()) * Mean * s_meanCards / (Load * Cards);
            var duration = 1 - (Math.Log(1 - random.NextDouble()) * Mean);
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{submit:f1},{duration:f1},training,{Draw(random)},u{random.Next(Users)}");
        }
    }

    private static int Draw(Random random)
    {
        var left = random.Next(100);
        return s_sizes.First(size => (left -= size.Percent) < 0).Cards;
    }
}
