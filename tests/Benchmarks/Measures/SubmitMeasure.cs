using System.Diagnostics;
using GpuScheduler.Benchmarks.Output;
using GpuScheduler.Benchmarks.Pool;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Benchmarks.Measures;

/// <summary>How many submissions a second are durable, with nothing running them.</summary>
internal static class SubmitMeasure
{
    private const int Connections = 8;

    /// <summary>Jobs submitted before it counts.</summary>
    private const int WarmUp = 20_000;

    public static async Task<Table> RunAsync(Settings settings)
    {
        var table = new Table(
            $"Durable submissions, {Connections} connections", "calls open per connection", "jobs per call", "jobs/s", "p50 ms", "p99 ms",
            "scheduler CPU µs/job");
        foreach (var (open, batch) in ((int, int)[])[(1, 1), (4, 1), (16, 1), (64, 1), (1, 50), (1, 500)])
            table.Add(await MeasureAsync(settings, open, batch));
        return table;
    }

    private static async Task<string[]> MeasureAsync(Settings settings, int open, int batch)
    {
        await using var pool = await BenchPool.StartAsync(settings);
        var clients = Enumerable.Range(0, Connections).Select(_ => pool.Connect()).ToArray();
        var calls = clients.SelectMany(client => Enumerable.Range(0, open).Select(_ => Call(client, batch))).ToArray();
        await ClosedLoop.RunAsync(calls, settings.Scale(WarmUp / batch));
        var cpu = pool.SchedulerCpuSeconds();
        var start = Stopwatch.GetTimestamp();
        var latencies = await ClosedLoop.RunAsync(calls, TimeSpan.FromSeconds(settings.Scale(10)));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var jobs = (double)latencies.Count * batch;
        return
        [
            Figures.Count(open), Figures.Count(batch), Figures.Rate(jobs / seconds),
            Figures.Milliseconds(Figures.Percentile(latencies, 0.5)), Figures.Milliseconds(Figures.Percentile(latencies, 0.99)),
            Figures.Microseconds((pool.SchedulerCpuSeconds() - cpu) / jobs),
        ];
    }

    private static Func<Task> Call(JobsService.JobsServiceClient client, int batch)
    {
        var single = Jobs.Single("/bin/true");
        var several = Jobs.Batch(batch, "/bin/true");
        return () => batch == 1 ? client.SubmitJobAsync(single).ResponseAsync : client.SubmitJobsAsync(several).ResponseAsync;
    }
}
