using System.Globalization;
using GpuScheduler.Benchmarks.Output;
using GpuScheduler.Benchmarks.Pool;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Benchmarks.Measures;

/// <summary>From the call that submits a job until the job's own process has read the clock, on a pool with nothing else to do.</summary>
internal static class LatencyMeasure
{
    public static async Task<Table> RunAsync(Settings settings)
    {
        var table = new Table("Submission to first instruction, idle pool", "jobs", "p50 ms", "p90 ms", "p99 ms", "max ms");
        await using var pool = await BenchPool.StartAsync(settings);
        await pool.StartWorkerAsync(settings, cores: 4);
        var client = pool.Connect();
        for (var warmUp = 0; warmUp < 10; warmUp++)
            await OnceAsync(client, pool.File("warm-up"));
        var seconds = new List<double>();
        for (var job = 0; job < settings.Scale(100); job++)
            seconds.Add(await OnceAsync(client, pool.File($"time-{job}")));
        table.Add(
            Figures.Count(seconds.Count), Figures.Milliseconds(Figures.Percentile(seconds, 0.5)),
            Figures.Milliseconds(Figures.Percentile(seconds, 0.9)),
            Figures.Milliseconds(Figures.Percentile(seconds, 0.99)), Figures.Milliseconds(Figures.Percentile(seconds, 1)));
        return table;
    }

    /// <summary>The job is date(1) itself, without a shell: what it prints is when it ran.</summary>
    private static async Task<double> OnceAsync(JobsService.JobsServiceClient client, string output)
    {
        var request = Jobs.Single(output, ["/bin/date", "+%s.%N"]);
        var called = DateTimeOffset.UtcNow;
        var id = (await client.SubmitJobAsync(request)).Id;
        using var watch = client.WatchJobs(new WatchJobsRequest { Ids = { id } });
        while (await watch.ResponseStream.MoveNext(CancellationToken.None))
        {
        }

        var ran = double.Parse(await File.ReadAllTextAsync(output), CultureInfo.InvariantCulture);
        return ran - (called - DateTimeOffset.UnixEpoch).TotalSeconds;
    }
}
