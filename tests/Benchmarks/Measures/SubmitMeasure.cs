using System.Diagnostics;
using GpuScheduler.Benchmarks.Output;
using GpuScheduler.Benchmarks.Pool;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Benchmarks.Measures;

/// <summary>How many submissions a second are durable, with nothing running them.</summary>
internal static class SubmitMeasure
{
    private const int Connections = 8;

    public static async Task<Table> RunAsync(Settings settings)
    {
        var table = new Table(
            $"Durable submissions, {Connections} connections", "calls open per connection", "jobs per call", "jobs/s", "p50 ms", "p99 ms", "scheduler CPU µs/job");
        foreach (var (open, batch) in ((int, int)[])[(1, 1), (4, 1), (16, 1), (64, 1), (1, 50), (1, 500)])
            table.Add(await MeasureAsync(settings, open, batch));
        return table;
    }

    private static async Task<string[]> MeasureAsync(Settings settings, int open, int batch)
    {
        await using var pool = await BenchPool.StartAsync(settings);
        var clients = Enumerable.Range(0, Connections).Select(_ => pool.Connect()).ToArray();
        await SubmitForAsync(clients, open, batch, TimeSpan.FromSeconds(settings.Scale(3)));
        var cpu = pool.SchedulerCpuSeconds();
        var start = Stopwatch.GetTimestamp();
        var latencies = await SubmitForAsync(clients, open, batch, TimeSpan.FromSeconds(settings.Scale(10)));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var jobs = (double)latencies.Count * batch;
        return
        [
            Figures.Count(open), Figures.Count(batch), Figures.Rate(jobs / seconds),
            Figures.Milliseconds(Figures.Percentile(latencies, 0.5)), Figures.Milliseconds(Figures.Percentile(latencies, 0.99)),
            Figures.Microseconds((pool.SchedulerCpuSeconds() - cpu) / jobs),
        ];
    }

    /// <summary>Keeps every connection busy; returns each call's seconds.</summary>
    private static async Task<List<double>> SubmitForAsync(JobsService.JobsServiceClient[] clients, int open, int batch, TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        var calls = clients.SelectMany(client => Enumerable.Range(0, open).Select(_ => Task.Run(() => CallUntilAsync(client, batch, start, time))));
        return [.. (await Task.WhenAll(calls)).SelectMany(latencies => latencies)];
    }

    private static async Task<List<double>> CallUntilAsync(JobsService.JobsServiceClient client, int batch, long start, TimeSpan time)
    {
        var latencies = new List<double>();
        var single = Jobs.Single("/bin/true");
        var several = Jobs.Batch(batch, "/bin/true");
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            var called = Stopwatch.GetTimestamp();
            if (batch == 1) await client.SubmitJobAsync(single);
            else await client.SubmitJobsAsync(several);
            latencies.Add(Stopwatch.GetElapsedTime(called).TotalSeconds);
        }

        return latencies;
    }
}
