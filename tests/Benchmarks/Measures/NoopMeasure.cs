using System.Diagnostics;
using GpuScheduler.Benchmarks.Output;
using GpuScheduler.Benchmarks.Pool;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Benchmarks.Measures;

/// <summary>How many jobs a second go the whole way, each a real process that does nothing.</summary>
internal static class NoopMeasure
{
    private const int Slots = 64;
    private const int Batch = 100;

    public static async Task<Table> RunAsync(Settings settings)
    {
        var table = new Table(
            $"No-op jobs through one worker with {Slots} slots", "jobs", "seconds", "jobs/s", "not completed",
            "scheduler CPU ms/job", "worker CPU ms/job", "shell and job CPU ms/job", "sum");
        await using var pool = await BenchPool.StartAsync(settings);
        await pool.StartWorkerAsync(settings, Slots);
        var client = pool.Connect();
        await RunJobsAsync(client, settings.Scale(500));
        // The first thousands still pay for compiling; the second row is what a busy pool goes on with.
        foreach (var jobs in (int[])[settings.Scale(5_000), settings.Scale(20_000)])
            table.Add(await RowAsync(pool, client, jobs));
        return table;
    }

    private static async Task<string[]> RowAsync(BenchPool pool, JobsService.JobsServiceClient client, int jobs)
    {
        var before = Cpu(pool);
        var start = Stopwatch.GetTimestamp();
        var failed = await RunJobsAsync(client, jobs);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var spent = Cpu(pool).Zip(before, (now, then) => (now - then) / jobs).ToList();
        return
        [
            Figures.Count(jobs), Figures.Seconds(seconds), Figures.Rate(jobs / seconds), Figures.Count(failed),
            .. spent.Select(Figures.FineMilliseconds), Figures.FineMilliseconds(spent.Sum()),
        ];
    }

    private static double[] Cpu(BenchPool pool) => [pool.SchedulerCpuSeconds(), pool.WorkerCpuSeconds(), pool.AttemptsCpuSeconds()];

    /// <summary>From the first submission until the last job's end is known; returns how many did not complete.</summary>
    private static async Task<int> RunJobsAsync(JobsService.JobsServiceClient client, int count)
    {
        var ids = new List<string>();
        for (var submitted = 0; submitted < count; submitted += Batch)
            ids.AddRange((await client.SubmitJobsAsync(Jobs.Batch(Math.Min(Batch, count - submitted), "/bin/true"))).Jobs.Select(job => job.Id));
        var open = ids.ToHashSet();
        var failed = 0;
        using var watch = client.WatchJobs(new WatchJobsRequest { Ids = { ids } });
        while (open.Count > 0 && await watch.ResponseStream.MoveNext(CancellationToken.None))
            foreach (var job in watch.ResponseStream.Current.Jobs.Where(job => Jobs.HasEnded(job.State) && open.Remove(job.Id)))
                failed += job.State == JobState.Completed ? 0 : 1;
        return failed + open.Count;
    }
}
